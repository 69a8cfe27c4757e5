package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomExecutorTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private Duration now = Duration.ZERO;
    private final List<Integer> ran = new ArrayList<>(); // by steps only: the executor must make this safe

    private RoomExecutor executor(Executor threads, int capacity) {
        return new RoomExecutors(threads, capacity, Long.MAX_VALUE, () -> now).open(new RoomId("room"));
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void anIdleExecutorRunsAStepOnTheThreadThatBringsIt() {
        RoomExecutor executor = executor(pool, 10);
        List<Thread> threads = new ArrayList<>();
        executor.add(() -> {
            threads.add(Thread.currentThread());
            return RoomExecutor.DONE;
        });
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void aStepOfABurstIsLeftToTheExecutorAndTakesAlongWhatComesMeanwhile() {
        Queue<Runnable> left = new ArrayDeque<>();
        RoomExecutor executor = executor(left::add, 10);
        executor.add(new Several(1));
        executor.add(new Several(2));
        executor.add(new Several(3));
        executor.add(() -> step(4));
        executor.add(new Several(5));
        assertThat(ran).containsExactly(1);

        left.remove().run();

        assertThat(left).isEmpty();
        assertThat(ran).containsExactly(1, 23, 4, 5);
        now = now.plusMillis(1);
        executor.add(new Several(6));
        assertThat(ran).endsWith(6);
    }

    /** Writes its digits and those of the ones that came right behind it as one number. */
    private final class Several implements RoomExecutor.Step {

        private int digits;

        Several(int digit) {
            digits = digit;
        }

        @Override
        public boolean takes(RoomExecutor.Step next) {
            if (next instanceof Several several) {
                digits = 10 * digits + several.digits;
                return true;
            }
            return false;
        }

        @Override
        public boolean canWait() {
            return true;
        }

        @Override
        public CompletionStage<?> run() {
            return step(digits);
        }
    }

    @Test
    void stepsFromManyThreadsRunOneAtATime() throws InterruptedException {
        RoomExecutor executor = executor(pool, 1_000_000);
        int threads = 4;
        int each = 10_000;
        CountDownLatch done = new CountDownLatch(threads * each);
        fromThreads(
                threads,
                each,
                pool,
                number -> executor.add(() -> {
                    ran.add(number); // not thread-safe: two steps at once would lose some
                    done.countDown();
                    return RoomExecutor.DONE;
                }));
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertInOrder(threads, each);
    }

    @Test
    void stepsThatTakeEachOtherRunOnceAndOneAtATimeThoughManyThreadsBringThem() throws InterruptedException {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        Executor noting = task -> pool.execute(() -> noteFailure(task, failures));
        RoomExecutor executor = executor(noting, 1_000_000);
        int threads = 4;
        int each = 50_000;
        CountDownLatch done = new CountDownLatch(threads * each);
        fromThreads(threads, each, noting, number -> executor.add(new Numbers(number, done)));
        assertThat(done.await(60, TimeUnit.SECONDS))
                .as("all run; failed: %s", failures)
                .isTrue();
        assertThat(failures).isEmpty();
        assertThat(ran).as("not thread-safe: two steps at once would lose some").hasSize(threads * each);
        assertInOrder(threads, each);
    }

    /** Has each thread bring its own numbers, so many each, the first from 0 on. */
    private static void fromThreads(int threads, int each, Executor executor, IntConsumer bring) {
        for (int t = 0; t < threads; t++) {
            int first = t * each;
            executor.execute(() -> IntStream.range(first, first + each).forEach(bring));
        }
    }

    private void assertInOrder(int threads, int each) {
        for (int t = 0; t < threads; t++) {
            int thread = t;
            assertThat(ran.stream().filter(number -> number / each == thread))
                    .as("the steps of one thread stay in order")
                    .isSorted()
                    .hasSize(each);
        }
    }

    private static void noteFailure(Runnable task, List<Throwable> failures) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            failures.add(failure);
        }
    }

    /** Takes whatever is of its kind, and is done with all of it at once. */
    private final class Numbers implements RoomExecutor.Step {

        private final List<Integer> numbers = new ArrayList<>();
        private final CountDownLatch done;

        Numbers(int number, CountDownLatch done) {
            this.numbers.add(number);
            this.done = done;
        }

        @Override
        public boolean takes(RoomExecutor.Step next) {
            return next instanceof Numbers other && numbers.addAll(other.numbers);
        }

        @Override
        public boolean canWait() {
            return true;
        }

        @Override
        public CompletionStage<?> run() {
            ran.addAll(numbers);
            numbers.forEach(number -> done.countDown());
            return RoomExecutor.DONE;
        }
    }

    @Test
    void aStepWaitsForTheStageOfTheOneBefore() {
        RoomExecutor executor = executor(Runnable::run, 10);
        CompletableFuture<String> first = new CompletableFuture<>();
        executor.add(() -> {
            ran.add(1);
            return first;
        });
        executor.add(() -> step(2));
        assertThat(ran).containsExactly(1);

        first.complete("written");

        assertThat(ran).containsExactly(1, 2);
    }

    @Test
    void aStepThatFailsDoesNotStopTheExecutor() {
        RoomExecutor executor = executor(Runnable::run, 10);
        executor.add(() -> {
            throw new IllegalStateException("a bug");
        });
        executor.add(() -> {
            throw new StackOverflowError();
        });
        executor.add(() -> CompletableFuture.failedStage(new IllegalStateException("a bug")));
        executor.add(() -> step(3));
        assertThat(ran).containsExactly(3);
    }

    @Test
    void offersAreRefusedAtTheBoundButAddedStepsAreNot() {
        RoomExecutor executor = executor(Runnable::run, 2);
        CompletableFuture<String> first = new CompletableFuture<>();
        assertThat(executor.offer(() -> first)).isTrue();
        assertThat(executor.offer(() -> step(2))).isTrue();
        assertThat(executor.offer(() -> step(3))).isFalse();
        executor.add(() -> step(4));

        first.complete("written");

        assertThat(ran).containsExactly(2, 4);
        assertThat(executor.offer(() -> step(5))).isTrue();
    }

    @Test
    void aStepMayBringSteps() {
        RoomExecutor executor = executor(Runnable::run, 10);
        executor.add(() -> {
            executor.add(() -> step(2));
            return step(1);
        });
        assertThat(ran).containsExactly(1, 2);
    }

    private CompletionStage<?> step(int number) {
        ran.add(number);
        return RoomExecutor.DONE;
    }
}
