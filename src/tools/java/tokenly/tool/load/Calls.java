package tokenly.tool.load;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import tokenly.tool.load.ws.WebSocketClient;

/** Asks on a client's thread for what only that thread may touch. */
final class Calls {

    private Calls() {}

    /** What {@code question} answers there; waits for it. */
    static <T> T of(WebSocketClient client, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        client.execute(() -> answer.complete(question.get()));
        return answer.join();
    }
}
