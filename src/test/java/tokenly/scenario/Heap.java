package tokenly.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tokenly.tool.server.TokenlyServer;

/** What a running server keeps on its heap. */
final class Heap {

    private Heap() {}

    /** How many objects of {@code type} are still reachable there, after a full collection. */
    static int instances(TokenlyServer server, Class<?> type) {
        // A line of the histogram: rank, instances, bytes, name of the class.
        return histogram(server)
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 4 && words[3].equals(type.getName()))
                .mapToInt(words -> Integer.parseInt(words[1]))
                .sum();
    }

    private static String histogram(TokenlyServer server) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !output.contains("#instances")) {
                throw new IllegalStateException("jcmd answers: " + output);
            }
            return output;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a heap was looked at", interrupted);
        }
    }
}
