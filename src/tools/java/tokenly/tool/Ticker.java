package tokenly.tool;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does something again and again, on a thread of its own, until it is closed. */
public final class Ticker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Ticker.class.getName());

    private final Duration pause;
    private final Runnable step;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);

    /**
     * Starts the thread.
     *
     * @param name of the thread
     * @param pause before the first step, and from the end of one step to the next
     */
    public static Ticker start(String name, Duration pause, Runnable step) {
        Ticker ticker = new Ticker(name, pause, step);
        ticker.thread.start();
        return ticker;
    }

    private Ticker(String name, Duration pause, Runnable step) {
        this.pause = pause;
        this.step = step;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    private void run() {
        try {
            while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                guard();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A step that fails is logged, and does not end the others. */
    private void guard() {
        try {
            step.run();
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, thread.getName() + " failed", bug);
        }
    }

    /** Lets the step under way end, and begins no other. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
