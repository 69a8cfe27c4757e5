package tokenly.socket;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import tokenly.access.Allowance;
import tokenly.access.LimitHit;
import tokenly.access.LimitHits;
import tokenly.access.Place;
import tokenly.protocol.CloseCode;
import tokenly.protocol.ErrorCode;
import tokenly.protocol.Utf8;
import tokenly.session.DisconnectReason;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Switchboard;
import tokenly.wire.BadFrameException;
import tokenly.wire.Decoder;
import tokenly.wire.Encoder;
import tokenly.wire.ErrorFrames;
import tokenly.wire.IceServers;
import tokenly.wire.Incoming;
import tokenly.wire.TokenFrames;

/** Takes what comes on one socket, decodes it and hands it over. For one thread at a time. */
final class Receiver {

    private static final System.Logger LOG = System.getLogger(Receiver.class.getName());

    /** What it costs to show a token: to verify one by ES256 takes 2 to 3 ms of a core, a hundred times a usual frame. */
    private static final int FRAMES_OF_A_TOKEN = 100;

    private final SocketConnection connection;
    private final Place place;
    private final Switchboard switchboard;
    private final Forwarder forwarder;
    private final LimitHits limitHits;
    private final IceServers iceServers;
    private Pace pace;
    private final Assembly assembly;
    private boolean hasFailed;
    private boolean isTurnedAway;
    private long binaryBytes; // of the binary message that has begun

    Receiver(SocketConnection connection, Place place, ConnectionParts shared, Assembly assembly) {
        this.connection = connection;
        this.place = place;
        this.switchboard = shared.switchboard();
        this.forwarder = shared.forwarder();
        this.limitHits = shared.limitHits();
        this.iceServers = shared.iceServers();
        this.pace = new Pace(connection, place.allowance(), limitHits);
        this.assembly = assembly;
    }

    SocketConnection connection() {
        return connection;
    }

    /** A part of a text message. */
    void text(String part, boolean isLast) {
        guard(() -> takeText(part, isLast));
    }

    /** A part of a binary message, of which nothing is kept. */
    void binary(ByteBuffer part, boolean isLast) {
        guard(() -> takeBinary(part, isLast));
    }

    /** A pong; one that answers our own ping costs its client nothing. */
    void pong(ByteBuffer payload) {
        guard(() -> {
            connection.heard();
            if (!connection.pings().answered(payload)) {
                pace.draw(0);
            }
        });
    }

    /** The socket is closed. A resumable client leaves by a frame: whatever code it, or a proxy, closes with, its sessions wait. */
    void close(DisconnectReason reason) {
        boolean isLoss =
                reason == DisconnectReason.LEAVING && connection.subprotocol().isResumable();
        guard(() -> {
            assembly.close();
            connection.end(isLoss ? DisconnectReason.LOST : reason);
        });
    }

    /** A bug ends the connection, whose sessions its client can resume; the container would only note it. */
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error bug) {
            Level level = hasFailed ? Level.DEBUG : Level.ERROR; // one line for each connection
            hasFailed = true;
            LOG.log(level, "connection " + connection.id() + " is closed because of a bug of this server", bug);
            connection.lose(CloseCode.FAILED);
        }
    }

    private void takeText(String part, boolean isLast) {
        connection.heard();
        boolean isWhole = isLast && !assembly.hasBegun();
        if (!isWhole && !pace.drawPart(Utf8.length(part))) {
            return;
        }
        String message = assembly.add(part, isLast);
        if (message != null && pace.draw(isWhole ? Utf8.length(message) : 0)) {
            read(message);
        }
    }

    private void takeBinary(ByteBuffer part, boolean isLast) {
        connection.heard();
        binaryBytes += part.remaining();
        if (binaryBytes > assembly.limit()) {
            assembly.refuse();
        } else if (!isLast) {
            pace.drawPart(part.remaining());
        } else if (pace.draw(part.remaining())) {
            binaryBytes = 0;
            connection.send(ErrorFrames.badFrame(BadFrameException.binary()));
        }
    }

    private void read(String message) {
        try {
            take(Decoder.decode(message, connection.subprotocol()), message);
        } catch (BadFrameException bad) {
            LOG.log(Level.DEBUG, "a bad frame: {0}", bad.code());
            connection.send(ErrorFrames.badFrame(bad));
        }
    }

    private void take(Incoming incoming, String message) {
        if (isTurnedAway) {
            return; // what came right behind
        }
        if (incoming instanceof Incoming.Auth auth) {
            if (pace.draw(FRAMES_OF_A_TOKEN - 1, 0)) {
                authenticate(auth.token());
            }
        } else if (connection.authentication().isDone() || incoming instanceof Incoming.Ping) {
            takeFromKnown(incoming, message);
        } else {
            isTurnedAway = true;
            limitHits.add(LimitHit.NO_TOKEN);
            connection.send(TokenFrames.unauthorized());
            connection.turnAway(CloseCode.NOT_ALLOWED, ErrorCode.UNAUTHORIZED.message());
        }
    }

    /** Takes the token that the far side shows. */
    void authenticate(String token) {
        isTurnedAway = !connection.authentication().show(token);
        if (connection.authentication().isGateway()) {
            pace = new Pace(connection, Allowance.unbounded(), limitHits);
        }
    }

    private void takeFromKnown(Incoming incoming, String message) {
        Incoming left = admits(incoming) ? forwarder.take(connection, message, incoming) : null;
        if (left != null) {
            takeHere(left);
        }
    }

    private void takeHere(Incoming incoming) {
        if (incoming instanceof Incoming.IceServersRequest request) {
            nameIceServers(request.session());
        } else if (incoming instanceof Incoming.Ping ping) {
            connection.send(Encoder.pong(ping.id()));
        } else {
            Requests.bring(incoming, connection, switchboard);
        }
    }

    /** Whether the client may ask for that now, of which a frame with much in it costs as much as many; if not, it has been told so. */
    private boolean admits(Incoming incoming) {
        if (incoming instanceof Incoming.Signalling signalling) {
            return pace.admitsSignal(signalling.session());
        }
        if (incoming instanceof Incoming.CreatePeer create) {
            return admitsCreate(create.session());
        }
        if (incoming instanceof Incoming.Resume resume) {
            return pace.draw(resume.sessions().size() - 1L, 0);
        }
        return !(incoming instanceof Incoming.Leave) || pace.draw(Math.max(0, held() - 1L), 0);
    }

    private boolean admitsCreate(SessionId session) {
        if (!pace.admitsCreate(session)) {
            return false;
        }
        boolean isRefused = place.isForResuming() && connection.isIdle();
        if (isRefused) {
            limitHits.add(LimitHit.CREATE_IN_LAST_PLACES);
            connection.send(new ServerEvent.CreateRefused(session, ErrorCode.SERVER_FULL));
        }
        return !isRefused;
    }

    private long held() {
        return (long) switchboard.held(connection) + forwarder.held(connection);
    }

    private void nameIceServers(SessionId session) {
        if (!iceServers.areAny()) {
            connection.send(ErrorFrames.badFrame(BadFrameException.unknownType(session)));
        } else if (switchboard.holds(connection, session) || forwarder.holds(connection, session)) {
            connection.send(iceServers.frame(session));
        } else {
            connection.send(new ServerEvent.Rejected(session, ErrorCode.UNKNOWN_SESSION, null));
        }
    }
}
