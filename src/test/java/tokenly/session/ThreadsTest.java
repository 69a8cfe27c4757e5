package tokenly.session;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where threads meet in the model: whatever their order, each call is as if it were the only one. */
@Tag("slow")
class ThreadsTest {

    private static final int PROGRAMS = 8;
    private static final int ORDERS_OF_EACH = 100;

    @Test
    void aHolderGivesEachSessionToNobodyOrToItsOneEnd() {
        check(HolderCalls.class);
    }

    @Test
    void aExecutorRunsEachStepOnceAndOneAtATime() {
        check(ExecutorCalls.class);
    }

    private static void check(Class<?> calls) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .iterations(PROGRAMS)
                .invocationsPerIteration(ORDERS_OF_EACH)
                .check(calls);
    }

    /** Executors of two rooms, and the end of the connection. */
    public static class HolderCalls {

        private static final List<Session> SESSIONS =
                List.of(sessionOf("a"), sessionOf("b")); // made once: to draw an epoch is slow in slow motion

        private final ConnectionSessions holder = new ConnectionSessions(new FakeConnection("connection"), 1);

        /** Nothing is timed; the checker cannot look into the queue of {@link FakeTimer}. */
        private static final class NoTimer implements Timer {

            @Override
            public Duration now() {
                return Duration.ZERO;
            }

            @Override
            public Task after(Duration delay, Runnable task) {
                throw new UnsupportedOperationException("nothing is timed here");
            }
        }

        private static Session sessionOf(String name) {
            Room room = new Room(
                    new RoomId(name),
                    new RoomExecutors(Runnable::run, 1, Long.MAX_VALUE, () -> Duration.ZERO).open(new RoomId("room")),
                    new RoomLog.Shared(new FakeStore(), new NoTimer(), Fixture.LIMITS.mailbox(), written -> {}),
                    new MailboxBudget(MailboxSums.UNBOUNDED));
            return new Session(
                    new Store.Image(
                            new SessionId(name), room.id, new Epoch(name), null, Role.OPEN, 0, 0, List.of(), false),
                    room,
                    new IdentityHashMap<>());
        }

        @Operation
        public boolean addFirst() {
            return holder.add(SESSIONS.get(0));
        }

        @Operation
        public boolean addSecond() {
            return holder.add(SESSIONS.get(1));
        }

        @Operation
        public void removeFirst() {
            holder.remove(SESSIONS.get(0));
        }

        @Operation
        public boolean isEmpty() {
            return holder.isEmpty();
        }

        @Operation
        public int close() {
            return holder.close().map(List::size).orElse(-1);
        }
    }

    /** A counter that only its executor makes safe. */
    public static class ExecutorCalls {

        private final RoomExecutor executor =
                new RoomExecutors(Runnable::run, 100, Long.MAX_VALUE, () -> Duration.ZERO).open(new RoomId("room"));
        private int count;

        private static final class Answer {
            private volatile int value;
        }

        @Operation
        public int count() {
            Answer answer = new Answer();
            executor.add(() -> {
                count++;
                answer.value = count;
                return RoomExecutor.DONE;
            });
            while (answer.value == 0) {
                Thread.onSpinWait(); // the other thread runs it
            }
            return answer.value;
        }
    }
}
