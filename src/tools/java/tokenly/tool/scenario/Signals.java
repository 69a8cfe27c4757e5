package tokenly.tool.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to processes, which Java itself can only send as SIGTERM and SIGKILL. */
public final class Signals {

    private Signals() {}

    /** Runs {@code kill -SIGNAL PID}. */
    public static void send(String signal, long pid) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + signal + " " + pid + " ended with " + exit);
            }
        } catch (IOException noKill) {
            throw new UncheckedIOException(noKill);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a signal was sent", interrupted);
        }
    }
}
