package tokenly.tool.verify.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectModel;
import tokenly.session.ReconnectPolicy;
import tokenly.session.RoomExecutors;
import tokenly.session.Store;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.store.Disk;
import tokenly.store.FakeDisk;

/** One life of the server: the real model on a store, without sockets, all of it on the thread that calls. */
final class ServerLife {

    /** So few that a session which is away is soon flooded, and so many that a few signals do not do that. */
    static final int MAILBOX_MESSAGES = 20;

    static final Duration WINDOW = Duration.ofSeconds(60);

    private static final ReconnectPolicy POLICY =
            new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, WINDOW);
    private static final Limits LIMITS =
            new Limits(100, 100, Duration.ZERO, new MailboxBounds(MAILBOX_MESSAGES, 1 << 20), MailboxSums.UNBOUNDED);
    private static final int ROOM_CAPACITY = 100;

    private final FakeDisk disk;
    private final Switchboard switchboard;

    private ServerLife(FakeDisk disk, Switchboard switchboard) {
        this.disk = disk;
        this.switchboard = switchboard;
    }

    /**
     * Starts one, which may be dead already when this returns.
     *
     * @param now the time, which stands still while the server works
     * @throws CannotStartException if it cannot start with what is on the disk
     */
    static ServerLife start(FakeDisk disk, Function<Disk, Store> stores, Supplier<Duration> now) {
        Store store = stores.apply(disk);
        Timer timer = new Clock(now);
        ReconnectModel reconnects = new ReconnectModel(POLICY, timer, () -> Instant.EPOCH.plus(now.get()));
        Switchboard switchboard = new Switchboard(
                reconnects, store, timer, LIMITS, new RoomExecutors(Runnable::run, ROOM_CAPACITY, Long.MAX_VALUE, now));
        try {
            switchboard.restore(store.recover().toCompletableFuture().join());
        } catch (CompletionException failure) {
            if (!disk.hasCrashed()) {
                throw new CannotStartException(String.valueOf(failure.getCause()), failure);
            }
        }
        return new ServerLife(disk, switchboard);
    }

    Switchboard switchboard() {
        return switchboard;
    }

    /** Whether it has died; whatever it does after that did not happen. */
    boolean isDead() {
        return disk.hasCrashed();
    }

    FakeDisk disk() {
        return disk;
    }

    /** Nobody is ever waited for so long that a task of it becomes due. */
    private record Clock(Supplier<Duration> time) implements Timer {

        @Override
        public Duration now() {
            return time.get();
        }

        @Override
        public Task after(Duration delay, Runnable task) {
            return () -> {};
        }
    }
}
