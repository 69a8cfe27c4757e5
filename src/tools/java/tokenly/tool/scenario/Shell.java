package tokenly.tool.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs a program of the system that may be missing, or may not be allowed. */
final class Shell {

    private Shell() {}

    /**
     * What came of it.
     *
     * @param exitCode 127 if there is no such program
     * @param output both streams, stripped
     */
    record Result(int exitCode, String output) {

        boolean isOk() {
            return exitCode == 0;
        }
    }

    static Result run(String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException missing) {
            return new Result(127, String.valueOf(missing.getMessage()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command[0] + " ran", interrupted);
        }
    }
}
