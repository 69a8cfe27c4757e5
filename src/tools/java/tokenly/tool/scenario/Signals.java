package tokenly.tool.scenario;

/** Signals to processes, which Java itself can only send as SIGTERM and SIGKILL. */
public final class Signals {

    private Signals() {}

    /** Runs {@code kill -SIGNAL PID}. */
    public static void send(String signal, long pid) {
        Shell.Result result = Shell.run("kill", "-" + signal, Long.toString(pid));
        if (!result.isOk()) {
            throw new IllegalStateException(
                    "kill -" + signal + " " + pid + " ended with " + result.exitCode() + ": " + result.output());
        }
    }
}
