package tokenly.socket;

import jakarta.websocket.Session;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import tokenly.access.Door;
import tokenly.access.LimitHits;
import tokenly.access.Place;
import tokenly.access.Places;
import tokenly.protocol.CloseCode;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.wire.Encoder;
import tokenly.wire.ServerParameters;

/** Makes a connection of each socket, tells the switchboard of it, and has its heartbeat watched. */
public final class ConnectionFactory {

    private static final System.Logger LOG = System.getLogger(ConnectionFactory.class.getName());

    /** The property of a socket that holds its {@link Place}. */
    static final String PLACE = "tokenly.place";

    private final ConnectionParts shared;
    private final Places places;
    private final HalfMessages halfMessages;
    private final int frameBytes;
    private final ServerParameters parameters;
    private final Executor executor;

    /**
     * @param parameters for clients
     * @param executor for the container's calls that may block: pings and closes
     */
    public ConnectionFactory(
            Switchboard switchboard,
            Forwarder forwarder,
            Timer timer,
            Places places,
            LimitHits limitHits,
            Door door,
            HeartbeatTimes times,
            SocketLimits limits,
            ServerParameters parameters,
            Executor executor) {
        this.shared = new ConnectionParts(
                switchboard,
                forwarder,
                timer,
                new Heartbeat(times, timer),
                new Acknowledgements(timer),
                new SendBudget(limits.allUnsent(), timer),
                limitHits,
                door,
                limits.unsent(),
                parameters.iceServers());
        this.places = places;
        this.halfMessages = new HalfMessages(limits.halfReceived(), limits.receiveTimeout(), timer, limitHits);
        this.frameBytes = limits.frame();
        this.parameters = parameters;
        this.executor = executor;
    }

    /** Most bytes of one frame from a client. */
    int frameBytes() {
        return frameBytes;
    }

    /** The receiver of what comes on {@code session}; none, and the socket is closed, if there is no place for it. */
    Optional<Receiver> open(Session session) {
        Socket socket = new Socket(session, executor, shared.timer());
        Optional<Place> place = place(session);
        if (place.isEmpty()) {
            socket.close(CloseCode.BUSY);
            return Optional.empty();
        }
        SocketConnection connection = new SocketConnection(socket, place.get(), shared);
        try {
            return open(connection, place.get(), token(session));
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "connection " + socket.id() + " is closed because of a bug of this server", bug);
            connection.lose(CloseCode.FAILED); // else it would count as open for ever
            return Optional.empty();
        }
    }

    private Optional<Receiver> open(SocketConnection connection, Place place, Optional<String> token) {
        shared.switchboard().opened(connection);
        if (!place.occupy(connection)) {
            connection.lose(CloseCode.BUSY);
            return Optional.empty();
        }
        shared.heartbeat().watch(connection);
        if (connection.subprotocol().isResumable()) {
            connection.send(Encoder.welcome(connection.id(), parameters));
        }
        Assembly assembly = new Assembly(connection, halfMessages, frameBytes);
        Receiver receiver = new Receiver(connection, place, shared, assembly);
        token.ifPresent(receiver::authenticate);
        return Optional.of(receiver);
    }

    /** The token that came with the handshake; it is kept nowhere. */
    private Optional<String> token(Session session) {
        return session.getUserProperties().remove(HandshakeToken.PROPERTY) instanceof HandshakeToken token
                        && (!token.isInAddress() || shared.door().takesTokensInAddresses())
                ? Optional.of(token.text())
                : Optional.empty();
    }

    /** The one that the filter has found; where a server has no filter, one of an address that is not known. */
    private Optional<Place> place(Session session) {
        if (session.getUserProperties().get(PLACE) instanceof Place found) {
            return Optional.of(found);
        }
        return places.enter(Optional.empty()) instanceof Place unknown ? Optional.of(unknown) : Optional.empty();
    }
}
