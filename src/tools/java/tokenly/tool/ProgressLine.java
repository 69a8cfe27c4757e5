package tokenly.tool;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows the progress of something long at standard error, from its start until it is closed. For one thread. */
final class ProgressLine implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration IN_LOG = Duration.ofSeconds(5);

    private final Screen screen;
    private final Supplier<String> line;
    private @Nullable Ticker ticker; // null before the start, and where nothing is shown

    ProgressLine(Screen screen, Supplier<String> line) {
        this.screen = screen;
        this.line = line;
    }

    /** On a terminal one line once a second, each in the place of the one before; in a file or a pipe a line every five seconds. */
    void start() {
        startOnTerminal();
        if (ticker == null) {
            show(IN_LOG, screen::trouble);
        }
    }

    /** The same, but nothing in a file or a pipe. */
    void startOnTerminal() {
        if (Terminal.isAtStandardError()) {
            show(ON_TERMINAL, screen::progress);
        }
    }

    private void show(Duration pause, Consumer<String> place) {
        ticker = Ticker.start("progress", pause, () -> place.accept(line.get()));
    }

    /** Ends it and takes the line away. */
    @Override
    public void close() {
        if (ticker != null) {
            ticker.close();
        }
        screen.progress("");
    }
}
