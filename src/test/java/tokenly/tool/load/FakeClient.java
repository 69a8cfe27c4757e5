package tokenly.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tokenly.tool.load.ws.CloseOutcome;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.load.ws.WebSocketConnection;
import tokenly.tool.load.ws.WebSocketListener;

/** A client for one connection at a time, whose other side is the test. */
final class FakeClient implements WebSocketClient {

    /** What was sent, in order. */
    final List<String> sent = new ArrayList<>();

    /** What is to be done later, with its delay in milliseconds before it. */
    final List<Long> delaysMillis = new ArrayList<>();

    private final List<Runnable> later = new ArrayList<>();
    private @Nullable WebSocketListener listener;

    /** The server accepts, and says all of {@code frames}. */
    void open(String... frames) {
        if (listener != null) {
            listener.opened(new FakeConnection());
        }
        say(frames);
    }

    void say(String... frames) {
        for (String frame : frames) {
            if (listener != null) {
                listener.text(ByteBuffer.wrap(frame.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    /** All times are over. */
    void pass() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        delaysMillis.add(delay.toMillis());
        later.add(task);
    }

    @Override
    public WebSocketConnection connect(WebSocketListener told) {
        listener = told;
        return new FakeConnection();
    }

    @Override
    public void close() {}

    private final class FakeConnection implements WebSocketConnection {

        @Override
        public void send(byte[] utf8) {
            sent.add(new String(utf8, StandardCharsets.UTF_8));
        }

        @Override
        public void close(int code) {
            end(CloseOutcome.closed(code));
        }

        @Override
        public void abort() {
            end(CloseOutcome.ABORTED);
        }

        private void end(CloseOutcome outcome) {
            if (listener != null) {
                listener.ended(outcome);
            }
        }
    }
}
