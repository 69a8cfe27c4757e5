package tokenly.tool;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows the progress of something long once a second, where standard error is a terminal. */
final class ProgressLine implements AutoCloseable {

    private final Screen screen;
    private final Supplier<String> line;
    private final Thread thread = new Thread(this::show, "progress");
    private final CountDownLatch ended = new CountDownLatch(1);

    ProgressLine(Screen screen, Supplier<String> line) {
        this.screen = screen;
        this.line = line;
    }

    void start() {
        if (Terminal.isAtStandardError()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Ends it and takes the line away. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        try {
            while (!ended.await(1, TimeUnit.SECONDS)) {
                screen.progress(line.get());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        screen.progress("");
    }
}
