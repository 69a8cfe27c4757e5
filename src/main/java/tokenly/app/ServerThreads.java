package tokenly.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The server's own threads, but for that of the timer: docs/concurrency.md tells what each does. */
final class ServerThreads {

    /** Pings and closes mostly take microseconds; each thread may hang on one stalled socket until that is cut. */
    private static final int SOCKET_THREADS = 64;

    /** One reads keys and one what is revoked, so that a key server that hangs does not hold up the other. */
    private static final int TOKEN_THREADS = 2;

    /** How long the steps of the rooms may take at the end. */
    private static final long STEPS_SECONDS = 1;

    private final ExecutorService room =
            Threads.pool("tokenly-room", Runtime.getRuntime().availableProcessors());
    private final ExecutorService socket = Threads.pool("tokenly-socket", SOCKET_THREADS);
    private final ExecutorService token = Threads.pool("tokenly-token", TOKEN_THREADS);

    ExecutorService room() {
        return room;
    }

    ExecutorService socket() {
        return socket;
    }

    ExecutorService token() {
        return token;
    }

    /** Ends them; those of the sockets last, which the steps of the rooms may need. Returns whether all steps were done in time. */
    boolean stop() throws InterruptedException {
        token.shutdownNow();
        room.shutdown();
        socket.shutdown();
        boolean areDone = room.awaitTermination(STEPS_SECONDS, TimeUnit.SECONDS);
        socket.shutdownNow(); // those that are left hang on sockets
        return areDone;
    }
}
