package tokenly.tool.load.ws;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Opens WebSocket connections, all to the same place. Thread-safe. */
public interface WebSocketClient extends AutoCloseable {

    /** Runs {@code task} on the thread on which listeners are called. */
    void execute(Runnable task);

    /** Asks on that thread for what only it may touch, and waits for the answer. */
    default <T> T call(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        execute(() -> answer.complete(question.get()));
        return answer.join();
    }

    /** Runs {@code task} on that thread, {@code delay} from now; after {@link #close} it is never run. Only on that thread. */
    void after(Duration delay, Runnable task);

    /** Begins to connect and returns at once; {@code listener} hears how it went. */
    WebSocketConnection connect(WebSocketListener listener);

    /** Aborts what is still open and waits until nothing of it is left. */
    @Override
    void close();
}
