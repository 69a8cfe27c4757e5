package tokenly.cluster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tokenly.access.NodeDoor;

/** WebSockets to the endpoint {@code /node} of other nodes. Thread-safe. */
public final class HttpLinkTransport implements LinkTransport {

    private static final System.Logger LOG = System.getLogger(HttpLinkTransport.class.getName());

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final int REFUSAL_TIMEOUT_MILLIS = 500;

    private final HttpClient http = HttpClient.newHttpClient();
    private final NodeDoor door;

    /** @param door makes what shows that this node is one of ours */
    public HttpLinkTransport(NodeDoor door) {
        this.door = door;
    }

    @Override
    public CompletionStage<? extends LinkTransport.Socket> open(String url, Receiver receiver) {
        if (!door.isOpen()) {
            return CompletableFuture.failedStage(
                    new IOException("without tokenly.cluster.secret this node reaches no other"));
        }
        URI node = URI.create(url + NodeDoor.PATH);
        return http.newWebSocketBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .header(NodeDoor.HEADER, door.pass())
                .buildAsync(node, new Listener(url, receiver))
                .thenApply(Open::new)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedStage(isRefused(node) ? new RefusedException(url) : failure));
    }

    /** Asked anew, because the HTTP client does not tell. */
    private static boolean isRefused(URI node) {
        int port = node.getPort() >= 0 ? node.getPort() : "wss".equals(node.getScheme()) ? 443 : 80;
        try (java.net.Socket socket = new java.net.Socket()) {
            socket.connect(new InetSocketAddress(node.getHost(), port), REFUSAL_TIMEOUT_MILLIS);
            return false;
        } catch (ConnectException failure) {
            return String.valueOf(failure.getMessage()).contains("refused");
        } catch (IOException failure) {
            return false;
        }
    }

    private record Open(WebSocket socket) implements LinkTransport.Socket {

        @Override
        public CompletionStage<?> send(String message) {
            return socket.sendText(message, true);
        }

        @Override
        public void abort() {
            socket.abort();
        }
    }

    private static final class Listener implements WebSocket.Listener {

        private final String url;
        private final Receiver receiver;
        private final StringBuilder message = new StringBuilder();

        Listener(String url, Receiver receiver) {
            this.url = url;
            this.receiver = receiver;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            message.append(part);
            if (isLast) {
                String whole = message.toString();
                message.setLength(0);
                receiver.message(whole);
            }
            socket.request(1);
            return CompletableFuture.completedStage(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            receiver.closed();
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            LOG.log(Level.DEBUG, () -> "the link to " + url + " has failed", failure);
            receiver.closed();
        }
    }
}
