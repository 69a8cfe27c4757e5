package tokenly.cluster;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Extension;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.access.NodeDoor;

/** {@code /node}: where the links of other nodes end. A filter keeps all others out. */
@ServerEndpoint(value = NodeDoor.PATH, configurator = NodeEndpoint.Plain.class)
public class NodeEndpoint {

    private static final System.Logger LOG = System.getLogger(NodeEndpoint.class.getName());

    /** More than the largest frame of a client takes in a message between nodes. */
    private static final int MAX_MESSAGE = 4 << 20;

    private static final long AT_ONCE_MILLIS = 1;

    private LinkTransport.@Nullable Receiver receiver; // set by open, before any other call

    /** Agrees to no extension: both ends are on one network. */
    public static class Plain extends ServerEndpointConfig.Configurator {

        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }
    }

    @OnOpen
    public void open(Session socket) {
        socket.setMaxIdleTimeout(0); // beats tell that the other node lives
        socket.setMaxTextMessageBufferSize(MAX_MESSAGE);
        receiver = CDI.current().select(Cluster.class).get().accept(new Open(socket));
    }

    private record Open(Session session) implements LinkTransport.Socket {

        @Override
        public CompletionStage<?> send(String message) {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            session.getAsyncRemote().sendText(message, result -> {
                if (result.isOK()) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(result.getException());
                }
            });
            return sent;
        }

        @Override
        public void abort() {
            try {
                session.close();
            } catch (IOException | RuntimeException gone) {
                LOG.log(Level.DEBUG, "a link is closed already", gone);
            }
            session.setMaxIdleTimeout(AT_ONCE_MILLIS); // the other node may be frozen, and answer no close
        }
    }

    @OnMessage(maxMessageSize = MAX_MESSAGE)
    public void text(String message) {
        if (receiver != null) {
            receiver.message(message);
        }
    }

    @OnClose
    public void close() {
        if (receiver != null) {
            receiver.closed();
        }
    }

    /** The container closes the socket after this, and calls {@link #close}. */
    @OnError
    public void error(Throwable cause) {
        Level level = cause instanceof IOException ? Level.DEBUG : Level.ERROR;
        LOG.log(level, "a link of another node has failed", cause);
    }
}
