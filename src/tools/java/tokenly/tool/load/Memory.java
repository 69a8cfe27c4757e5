package tokenly.tool.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM on this machine keeps.
 *
 * @param heapBytes of all objects that can be reached
 * @param residentBytes of the process; empty where there is no /proc
 */
public record Memory(long heapBytes, OptionalLong residentBytes) {

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB");
    private static final int KILO = 1_024;

    /**
     * After a full collection, which this brings about.
     *
     * @throws IOException if jcmd cannot ask that process
     */
    public static Memory of(long pid) throws IOException, InterruptedException {
        long heap = heapBytes(histogram(pid));
        return new Memory(heap, residentBytes(pid));
    }

    private static String histogram(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** The sum at the end of what jcmd answers. */
    static long heapBytes(String histogram) throws IOException {
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd answers: " + histogram);
        }
        return Long.parseLong(total.group(1));
    }

    private static OptionalLong residentBytes(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        Matcher resident = RESIDENT.matcher(Files.readString(status));
        return resident.find() ? OptionalLong.of(KILO * Long.parseLong(resident.group(1))) : OptionalLong.empty();
    }
}
