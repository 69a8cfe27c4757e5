package tokenly.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tokenly.session.Account;
import tokenly.session.CloseReason;
import tokenly.session.Connection;
import tokenly.session.DisconnectReason;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.Permit;
import tokenly.session.ReconnectModel;
import tokenly.session.ReconnectPolicy;
import tokenly.session.RoomExecutors;
import tokenly.session.RoomId;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Store;
import tokenly.session.Switchboard;

/** The timer's one thread never waits for the store: heartbeats and acks of all rooms hang on it. */
class TimerThreadTest {

    private static final long LIMIT_SECONDS = 30;

    private final ScheduledTimer timer = new ScheduledTimer();
    private final ExecutorService threads = Threads.pool("test-executor", 2);
    private final StallingStore store = new StallingStore();
    private final Switchboard switchboard = new Switchboard(
            new ReconnectModel(
                    new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60)),
                    timer,
                    InstantSource.system()),
            store,
            timer,
            new Limits(10, 10, Duration.ofMillis(1), new MailboxBounds(10, 1_000), MailboxSums.UNBOUNDED),
            new RoomExecutors(threads, 10, Long.MAX_VALUE, timer::now));

    @AfterEach
    void end() {
        store.goesOn.countDown();
        threads.shutdown();
        timer.close();
    }

    @Test
    void aSessionThatExpiresDoesNotKeepTheTimerWaitingForTheDisk() throws Exception {
        Connection lost = new MuteConnection();
        switchboard.opened(lost);
        switchboard.create(lost, new SessionId("a"), new RoomId("r"), null);
        store.stalls = true;
        switchboard.closed(lost, DisconnectReason.GOING_AWAY); // it is held for 1 ms

        assertThat(store.isAsked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        CountDownLatch next = new CountDownLatch(1);
        timer.after(Duration.ZERO, next::countDown);
        assertThat(next.await(LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("the next timed task runs")
                .isTrue();
    }

    /** One whose disk takes for ever. */
    private static final class StallingStore implements Store {

        final CountDownLatch isAsked = new CountDownLatch(1);
        final CountDownLatch goesOn = new CountDownLatch(1);
        volatile boolean stalls;

        @Override
        public CompletionStage<Recovered> recover(long mailboxBytes) {
            throw new UnsupportedOperationException("it begins empty");
        }

        @Override
        public CompletionStage<Void> append(List<Change> changes) {
            if (stalls) {
                isAsked.countDown();
                try {
                    goesOn.await();
                } catch (InterruptedException end) {
                    Thread.currentThread().interrupt();
                }
            }
            return CompletableFuture.completedStage(null);
        }
    }

    /** Nothing comes of it. */
    private static final class MuteConnection implements Connection {

        private final Account account = Account.unbounded();

        @Override
        public Account account() {
            return account;
        }

        @Override
        public Permit permit() {
            return Permit.EVERYTHING;
        }

        @Override
        public void send(ServerEvent event) {}

        @Override
        public void send(List<ServerEvent.Delivery> deliveries) {}

        @Override
        public void acknowledge(SessionId session, long acceptedSeq) {}

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public CompletionStage<Boolean> probe() {
            return CompletableFuture.completedStage(false);
        }

        @Override
        public void close(CloseReason reason) {}

        @Override
        public CompletionStage<?> stop() {
            return CompletableFuture.completedStage(null);
        }
    }
}
