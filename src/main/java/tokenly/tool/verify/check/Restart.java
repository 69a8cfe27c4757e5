package tokenly.tool.verify.check;

/** What every check has to know of a server that restarts. */
final class Restart {

    /**
     * How long after the end of a server's process its last words may still be on their way to a client, through a proxy
     * that delays them; shorter than any server takes to start.
     */
    static final long STRAGGLE_MICROS = 1_500_000;

    private Restart() {}
}
