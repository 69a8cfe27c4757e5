package tokenly.socket;

import jakarta.enterprise.inject.spi.Unmanaged;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Extension;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tokenly.session.Departure;
import tokenly.session.Switchboard;
import tokenly.wire.BadFrameException;
import tokenly.wire.CloseCode;
import tokenly.wire.Decoder;
import tokenly.wire.Dialect;
import tokenly.wire.Encoder;
import tokenly.wire.Incoming;
import tokenly.wire.Terms;
import tokenly.wire.Utf8;

/**
 * {@code /rtc}: takes frames from one socket, decodes them and hands them over. The container makes one of these for each
 * socket and calls it from one thread at a time.
 */
@ServerEndpoint(
        value = "/rtc",
        subprotocols = {Dialect.V1_BATCHED, Dialect.V1},
        configurator = RtcEndpoint.Injected.class)
public class RtcEndpoint {

    private static final System.Logger LOG = System.getLogger(RtcEndpoint.class.getName());

    private final Switchboard switchboard;
    private final Sockets sockets;
    private @Nullable SocketConnection connection; // set by open, before any other call

    @Inject
    public RtcEndpoint(Switchboard switchboard, Sockets sockets) {
        this.switchboard = switchboard;
        this.sockets = sockets;
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

        /** None: permessage-deflate, which every browser offers, more than doubles what a small frame and a connection cost. */
        @Override
        public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
            return List.of();
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
        // Payara honours only the annotations below, WildFly only these; Jetty both.
        socket.setMaxTextMessageBufferSize(Terms.MAX_FRAME_BYTES);
        socket.setMaxBinaryMessageBufferSize(Terms.MAX_FRAME_BYTES);
        connection = sockets.open(socket);
        // Not by annotation: for each such method Jetty 12.1 looks for its way again with every connection.
        socket.addMessageHandler(PongMessage.class, pong -> heard());
        socket.addMessageHandler(ByteBuffer.class, bytes -> heard().send(Encoder.error(BadFrameException.binary())));
    }

    @OnMessage(maxMessageSize = Terms.MAX_FRAME_BYTES)
    public void text(String text) {
        SocketConnection sender = heard();
        if (Utf8.length(text) > Terms.MAX_FRAME_BYTES) { // a container may count characters
            sender.lose(CloseCode.FRAME_TOO_BIG);
            return;
        }
        try {
            take(sender, Decoder.decode(text, sender.dialect()));
        } catch (BadFrameException bad) {
            LOG.log(Level.DEBUG, "a bad frame: {0}", bad.code());
            sender.send(Encoder.error(bad));
        }
    }

    @OnClose
    public void close(CloseReason reason) {
        if (connection != null) {
            connection.end(departure(reason.getCloseCode().getCode()));
        }
    }

    /** The container closes the socket itself where it must, and then calls {@link #close}. */
    @OnError
    public void error(Throwable cause) {
        LOG.log(Level.DEBUG, "a socket failed", cause);
    }

    private void take(SocketConnection sender, Incoming incoming) {
        if (incoming instanceof Incoming.Signalling signalling) {
            switchboard.relay(sender, signalling.session(), signalling.seq(), signalling.signal());
        } else if (incoming instanceof Incoming.Ack ack) {
            ack.received().forEach((session, received) -> switchboard.acknowledge(sender, session, received));
        } else if (incoming instanceof Incoming.CreatePeer create) {
            switchboard.create(sender, create.session(), create.room(), create.claim());
        } else if (incoming instanceof Incoming.Resume resume) {
            switchboard.resume(
                    sender,
                    resume.sessions().stream()
                            .map(item -> new Switchboard.Returning(item.session(), item.claim(), item.position()))
                            .toList());
        } else if (incoming instanceof Incoming.DestroyPeer destroy) {
            switchboard.destroy(sender, destroy.session());
        } else if (incoming instanceof Incoming.Ping ping) {
            sender.send(Encoder.pong(ping.id()));
        }
    }

    private SocketConnection heard() {
        if (connection == null) {
            throw new IllegalStateException("a message came before the socket was open");
        }
        connection.heard();
        return connection;
    }

    private static Departure departure(int code) {
        return switch (code) {
            case CloseCode.NORMAL, CloseCode.NO_CODE -> Departure.LEAVING;
            case CloseCode.GOING_AWAY -> Departure.GOING_AWAY;
            default -> Departure.LOST;
        };
    }
}
