package tokenly.socket;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.session.Timer;

/**
 * Whether one connection is gone, and what waits for that: the probe of another client, the heartbeat's next check and the
 * stop of the server. A connection ends once; first it is gone, and then the switchboard has been told of it, which may take
 * a while. Thread-safe; nothing is called under its lock.
 */
final class ConnectionEnd {

    private boolean isGone; // guarded by this, like all below
    private boolean isReported; // it is gone, and the switchboard knows
    private @Nullable CompletableFuture<Boolean> probe; // null while no probe runs
    private Timer.@Nullable Task nextCheck; // of the heartbeat
    private @Nullable CompletableFuture<Void> stopping; // null until the server stops

    synchronized boolean isGone() {
        return isGone;
    }

    /**
     * Asks whether the far side is alive; false once the connection is gone and the switchboard knows.
     *
     * @param begin starts the probe, which ends with {@link #answerProbe}; does not run if one is under way
     */
    CompletionStage<Boolean> probe(Runnable begin) {
        CompletableFuture<Boolean> asked;
        synchronized (this) {
            if (isReported) {
                return CompletableFuture.completedStage(false);
            }
            if (probe != null) {
                return probe;
            }
            asked = new CompletableFuture<>();
            probe = asked;
            if (isGone) {
                return asked; // answered as soon as the switchboard has been told
            }
        }
        begin.run();
        return asked;
    }

    void answerProbe(boolean isAlive) {
        CompletableFuture<Boolean> asked;
        synchronized (this) {
            asked = probe;
            probe = null;
        }
        if (asked != null) {
            asked.complete(isAlive);
        }
    }

    /** The heartbeat's next check of the connection, which is cancelled at the end, for it keeps the whole socket in memory. */
    void nextCheck(Timer.Task check) {
        synchronized (this) {
            if (!isGone) {
                nextCheck = check;
                return;
            }
        }
        check.cancel();
    }

    /** The server stops: a stage that completes at the end of the connection; empty if it is gone already. */
    synchronized Optional<CompletionStage<?>> awaitStop() {
        if (isGone) {
            return Optional.empty();
        }
        stopping = new CompletableFuture<>();
        return Optional.of(stopping);
    }

    /**
     * The connection is gone. Only the first call counts, and returns true.
     *
     * @param report tells the switchboard
     * @param release gives back what the connection held; runs after that, even if it has failed
     */
    boolean reach(Runnable report, Runnable release) {
        Timer.Task check;
        CompletableFuture<Void> stopped;
        synchronized (this) {
            if (isGone) {
                return false;
            }
            isGone = true;
            check = nextCheck;
            nextCheck = null;
            stopped = stopping;
        }
        if (check != null) {
            check.cancel();
        }
        try {
            report.run();
        } finally {
            synchronized (this) {
                isReported = true;
            }
            answerProbe(false);
            release.run();
            if (stopped != null) {
                stopped.complete(null);
            }
        }
        return true;
    }
}
