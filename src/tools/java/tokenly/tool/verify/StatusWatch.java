package tokenly.tool.verify;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Polling;
import tokenly.tool.Ticker;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.State;

/** Asks for the server's status again and again. */
final class StatusWatch implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(500);

    /** In which a server may notice that the last connection is closed. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI status;
    private final History history;
    private final Recorder recorder;
    private @Nullable Ticker ticker;

    StatusWatch(URI status, History history, Recorder recorder) {
        this.status = status;
        this.history = history;
        this.recorder = recorder;
    }

    void start() {
        look();
        ticker = Ticker.start("status", EVERY, this::look);
    }

    /** Notes what it says now; nothing if it does not answer, as a server that is down. */
    void look() {
        long asked = history.nowMicros();
        StatusProbe.askIfItAnswers(status)
                .ifPresent(answer -> recorder.status(State.named(answer.state()), answer.activeSessions(), asked));
    }

    /** Waits until it shows no session, and notes its last answer. */
    void lookWhenAllHaveLeft() {
        Polling.until(
                LIMIT,
                () -> StatusProbe.askIfItAnswers(status)
                        .filter(answer -> answer.activeSessions() == 0)
                        .isPresent());
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
