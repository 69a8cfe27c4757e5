package tokenly.tool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Writes the progress of something long as a line every few seconds, where standard error is a file or a pipe. */
final class ProgressLog implements AutoCloseable {

    private static final long SECONDS = 5;

    private final Screen screen;
    private final Supplier<String> line;
    private final Thread thread = new Thread(this::write, "progress");
    private final CountDownLatch ended = new CountDownLatch(1);

    ProgressLog(Screen screen, Supplier<String> line) {
        this.screen = screen;
        this.line = line;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            while (!ended.await(SECONDS, TimeUnit.SECONDS)) {
                screen.trouble(line.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
