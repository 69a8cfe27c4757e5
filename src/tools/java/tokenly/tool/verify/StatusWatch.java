package tokenly.tool.verify;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Polling;
import tokenly.tool.Ticker;
import tokenly.tool.load.ServerStatus;
import tokenly.tool.load.StatusPage;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.State;

/** Asks for the server's status again and again. */
final class StatusWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);

    /** In which a server may notice that the last connection is closed. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final StatusPage page;
    private final History history;
    private final Recorder recorder;
    private @Nullable Ticker ticker;

    StatusWatch(URI status, History history, Recorder recorder) {
        this.page = new StatusPage(status);
        this.history = history;
        this.recorder = recorder;
    }

    void start() {
        ticker = Ticker.start("status", EVERY, this::look);
    }

    /** Notes what it says now; nothing if it does not answer, as a server that is down. */
    void look() {
        long asked = history.nowMicros();
        try {
            ServerStatus status = page.ask();
            recorder.status(State.named(status.state()), status.activeSessions(), asked);
        } catch (IOException silent) {
            return;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it shows no session, and notes its last answer. */
    void lookWhenAllHaveLeft() {
        Polling.until(LIMIT, () -> {
            try {
                return page.ask().activeSessions() == 0;
            } catch (IOException silent) {
                return false;
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return true;
            }
        });
        look();
    }

    @Override
    public void close() {
        stop();
    }

    /** No more questions by itself. */
    void stop() {
        if (ticker != null) {
            ticker.close();
        }
    }
}
