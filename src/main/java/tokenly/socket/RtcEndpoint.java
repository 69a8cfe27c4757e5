package tokenly.socket;

import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tokenly.access.HandshakePlace;
import tokenly.protocol.CloseCode;
import tokenly.protocol.FrameLimits;
import tokenly.protocol.Subprotocol;
import tokenly.session.DisconnectReason;

/**
 * {@code /rtc}: brings what the container has of one socket to its receiver. The container makes one of these for each
 * socket and calls it from one thread at a time.
 */
@ServerEndpoint(
        value = "/rtc",
        subprotocols = {Subprotocol.V1_BATCHED, Subprotocol.V1},
        configurator = RtcEndpoint.Injected.class)
public class RtcEndpoint {

    private static final System.Logger LOG = System.getLogger(RtcEndpoint.class.getName());

    private final ConnectionFactory connections;
    private @Nullable Receiver receiver; // set by open, before any other call; null if there was no place

    @Inject
    public RtcEndpoint(ConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * Makes endpoints with their dependencies, and agrees to no extension. Without it nothing is injected under {@code mvn
     * jetty:run}, where Jetty's own CDI module is not on the class path.
     */
    public static class Injected extends ServerEndpointConfig.Configurator {

        /** How one is made; to find that out takes longer than all else that a connection needs of us. */
        private final AtomicReference<@Nullable Unmanaged<RtcEndpoint>> recipe = new AtomicReference<>();

        @Override
        public <T> T getEndpointInstance(Class<T> type) {
            return type.cast(
                    recipe().newInstance().produce().inject().postConstruct().get());
        }

        /** As the containers do by themselves, but Jetty logs what it does not know, and that may be a token. */
        @Override
        public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
            return requested.stream().filter(supported::contains).findFirst().orElse("");
        }

        /** None: permessage-deflate, which every browser offers, more than doubles what a small frame and a connection cost. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
        }

        /** Passes on the place that the filter has found, and a token; these properties are the connection's own. */
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            HandshakePlace.take().ifPresent(place -> config.getUserProperties().put(ConnectionFactory.PLACE, place));
            HandshakeToken.of(request)
                    .ifPresent(token -> config.getUserProperties().put(HandshakeToken.PROPERTY, token));
        }

        private Unmanaged<RtcEndpoint> recipe() {
            Unmanaged<RtcEndpoint> known = recipe.get();
            if (known == null) {
                known = new Unmanaged<>(RtcEndpoint.class);
                recipe.set(known);
            }
            return known;
        }
    }

    @OnOpen
    public void open(Session socket) {
        // The container may put together what arrives in one piece. Payara honours only the annotation below, WildFly
        // only
        // this; Jetty both.
        socket.setMaxTextMessageBufferSize(connections.frameBytes());
        socket.setMaxBinaryMessageBufferSize(connections.frameBytes());
        receiver = connections.open(socket).orElse(null);
        if (receiver != null) {
            Receiver opened = receiver;
            // Not by annotation: for each such method Jetty 12.1 looks for its way again with every connection.
            socket.addMessageHandler(PongMessage.class, pong -> opened.pong(pong.getApplicationData()));
            socket.addMessageHandler(ByteBuffer.class, (MessageHandler.Partial<ByteBuffer>) opened::binary);
        }
    }

    @OnMessage(maxMessageSize = FrameLimits.MAX_FRAME_BYTES)
    public void text(String part, boolean isLast) {
        if (receiver != null) {
            receiver.text(part, isLast);
        }
    }

    @OnClose
    public void close(CloseReason reason) {
        if (receiver != null) {
            receiver.close(disconnectReason(reason.getCloseCode().getCode()));
        }
    }

    /** The container closes the socket itself where it must, and then calls {@link #close}. */
    @OnError
    public void error(Throwable cause) {
        LOG.log(Level.DEBUG, "a socket failed", cause);
    }

    private static DisconnectReason disconnectReason(int code) {
        return switch (CloseCode.of(code).orElse(CloseCode.LOST)) {
            case NORMAL, NO_CODE -> DisconnectReason.LEAVING;
            case GOING_AWAY -> DisconnectReason.GOING_AWAY;
            default -> DisconnectReason.LOST;
        };
    }
}
