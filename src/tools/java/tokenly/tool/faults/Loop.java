package tokenly.tool.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The one thread on which a proxy does everything: sockets that are ready, timed tasks, and what other threads ask for.
 * {@link #call} and {@link #close} are for other threads, everything else is for the loop's own.
 */
final class Loop implements LoopTimer, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Loop.class.getName());
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long startNanos = System.nanoTime();
    private final Selector selector;
    private final Thread thread;
    private final PriorityQueue<Due> timed =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
    /** Guarded by itself, as is {@link #isClosed}. No bound: a caller waits for its own. */
    private final Queue<Runnable> asked = new ArrayDeque<>();

    private boolean isClosed;
    private long order;

    Loop(String name) throws IOException {
        selector = Selector.open();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static final class Due implements Task {
        private final Duration at;
        private final long order;
        private Runnable task;

        Due(Duration at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        Duration at() {
            return at;
        }

        long order() {
            return order;
        }

        @Override
        public void cancel() {
            task = () -> {}; // it stays in the queue, but keeps nothing alive
        }
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    @Override
    public Task after(Duration delay, Runnable task) {
        Due due = new Due(now().plus(delay), order++, task);
        timed.add(due);
        return due;
    }

    /** Calls {@code whenReady} each time {@code channel} is ready for what its key is interested in: nothing at first. */
    SelectionKey watch(SelectableChannel channel, Runnable whenReady) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, whenReady);
    }

    /**
     * Runs {@code work} on the loop and waits for its result; what it throws is thrown here.
     *
     * @throws IllegalStateException if the loop is closed
     */
    <T> T call(Supplier<T> work) {
        if (Thread.currentThread() == thread) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, this::ask).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    private void ask(Runnable task) {
        synchronized (asked) {
            if (isClosed) {
                throw new IllegalStateException("the proxy is closed");
            }
            asked.add(task);
        }
        selector.wakeup();
    }

    /** Closes every channel, ends the thread and waits for it. May be called again. */
    @Override
    public void close() {
        synchronized (asked) {
            isClosed = true;
        }
        selector.wakeup();
        try {
            if (Thread.currentThread() != thread) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (selector) {
            while (runAsked()) {
                runDue();
                select();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.selectNow(); // which is when the channels are really closed
        } catch (IOException broken) {
            throw new UncheckedIOException("the selector is broken", broken);
        }
    }

    /** Whether the loop is to go on. What was asked for before the end is still done. */
    private boolean runAsked() {
        while (true) {
            Runnable task;
            boolean isLast;
            synchronized (asked) {
                task = asked.poll();
                isLast = isClosed;
            }
            if (task == null) {
                return !isLast;
            }
            guard(task);
        }
    }

    private void runDue() {
        Duration now = now();
        for (Due due = timed.peek(); due != null && due.at.compareTo(now) <= 0; due = timed.peek()) {
            timed.remove();
            guard(due.task);
        }
    }

    private void select() throws IOException {
        Due due = timed.peek();
        long nanos = due == null ? Long.MAX_VALUE : due.at.minus(now()).toNanos();
        if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(due == null ? 0 : (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
        }
        List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
        selector.selectedKeys().clear();
        for (SelectionKey key : ready) {
            guard((Runnable) key.attachment());
        }
    }

    /** Makes the system close what has been closed here: a channel that is watched stays open until the next selection. */
    void finishClosing() throws IOException {
        selector.selectNow(); // what it finds ready is done in its turn
    }

    /** A bug in one connection's work must not end the others'. */
    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a step of the fault proxy failed", bug);
        }
    }
}
