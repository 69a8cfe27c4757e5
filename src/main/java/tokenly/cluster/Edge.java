package tokenly.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;
import tokenly.session.CloseReason;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.socket.ClientConnection;
import tokenly.socket.Forwarder;
import tokenly.wire.Incoming;

/**
 * The clients of this node, and their sessions in rooms that other nodes have: finds out for each session where it is, passes frames on
 * in both directions, and when a node is lost has the clients ask again. Thread-safe.
 */
final class Edge implements Forwarder, Link.Events {

    private final Search search;
    private final Search.Parts parts;
    private final Consumer<String> suspect;
    private final Map<ClientConnection, EdgeConnection> connections = new ConcurrentHashMap<>();

    /** @param suspect gets the URL of a node at whose address nothing listens */
    Edge(Search search, Search.Parts parts, Consumer<String> suspect) {
        this.search = search;
        this.parts = parts;
        this.suspect = suspect;
    }

    @Override
    public @Nullable Incoming take(ClientConnection client, String text, Incoming frame) {
        if (client.isGone()) {
            return null; // the container brings what came before the close
        }
        if (frame instanceof Incoming.CreatePeer create) {
            return client.permit().mayEnter(create.room(), create.session())
                    ? ask(client, create.session(), text, create)
                    : frame; // is refused
        }
        if (frame instanceof Incoming.Resume resume) {
            return resume(client, text, resume);
        }
        EdgeConnection known = connections.get(client);
        if (known == null) {
            return frame;
        }
        if (frame instanceof Incoming.Signalling signalling) {
            return pass(known, signalling.session(), text, frame);
        }
        if (frame instanceof Incoming.DestroyPeer destroy) {
            return pass(known, destroy.session(), text, frame);
        }
        if (frame instanceof Incoming.Ack || frame instanceof Incoming.Leave) {
            known.links().forEach(link -> known.say(link, LinkFrame.Kind.FRAME, "", "", "", text));
        }
        return frame;
    }

    private EdgeConnection connection(ClientConnection client) {
        EdgeConnection known = connections.computeIfAbsent(client, EdgeConnection::new);
        if (client.isGone()) { // meanwhile
            closed(client, DisconnectReason.LOST);
        }
        return known;
    }

    /** A frame about one session. */
    private static @Nullable Incoming pass(EdgeConnection known, SessionId session, String text, Incoming frame) {
        boolean waits = known.ask(session)
                .filter(ask -> ask.holds(new Ask.Later(text, frame)))
                .isPresent();
        if (waits) {
            return null;
        }
        Optional<EdgeConnection.Held> held = known.held(session);
        held.ifPresent(at -> known.say(at.link(), LinkFrame.Kind.FRAME, "", "", "", text));
        return held.isPresent() ? null : frame;
    }

    private @Nullable Incoming ask(ClientConnection client, SessionId session, String text, Incoming frame) {
        EdgeConnection known = connection(client);
        Ask ask = new Ask(session, text, frame, parts.timer().now());
        if (known.asks(ask)) {
            search.place(known, ask);
        }
        return null;
    }

    private @Nullable Incoming resume(ClientConnection client, String text, Incoming.Resume resume) {
        List<Incoming.Resume.Item> here = new ArrayList<>();
        for (Incoming.Resume.Item item : resume.sessions()) {
            OptionalInt shard = shard(client, item);
            if (shard.isEmpty() || parts.routes().isHere(shard.getAsInt())) {
                here.add(item);
                continue;
            }
            EdgeConnection known = connection(client);
            Ask ask = new Ask(
                    item.session(),
                    text,
                    new Incoming.Resume(List.of(item)),
                    parts.timer().now());
            if (known.asks(ask)) {
                search.bring(known, ask, shard.getAsInt());
            }
        }
        return here.isEmpty() ? null : new Incoming.Resume(here);
    }

    /** Of the epoch, or, where a client asks for a new one, that in which it holds the session. */
    private OptionalInt shard(ClientConnection client, Incoming.Resume.Item item) {
        OptionalInt named = item.position().epoch().shard();
        EdgeConnection known = named.isPresent() ? null : connections.get(client);
        Optional<EdgeConnection.Held> held = known == null ? Optional.empty() : known.held(item.session());
        return held.isPresent() ? OptionalInt.of(held.get().shard()) : named;
    }

    /** A shard may be somewhere else now: what is held where it was before is lost, and what waits is looked for again. */
    void lookAgain() {
        for (EdgeConnection connection : connections.values()) {
            connection.moved(parts.routes()::haveMoved).forEach(held -> lost(connection, held));
            connection
                    .unanswered(parts.timer().now().minus(Search.PATIENCE))
                    .forEach(held -> lost(connection, held)); // which closes it
        }
        search.lookAgain();
    }

    /** The node is lost that had a session: what was asked is asked again, else its client has to ask. */
    private void lost(EdgeConnection connection, EdgeConnection.Held held) {
        Ask ask = held.ask();
        if (ask != null && connection.asks(ask)) {
            search.waitFor(connection, ask);
        } else if (connection.client.subprotocol().isResumable()) {
            connection.client.send(new ServerEvent.Rejected(held.session(), ErrorCode.UNKNOWN_SESSION, null));
        } else {
            connection.client.close(CloseReason.BUSY);
        }
    }

    @Override
    public void elsewhere(ClientConnection client, SessionId session) {
        EdgeConnection known = connections.get(client);
        Optional<Ask> asked = known == null ? Optional.empty() : known.ask(session);
        if (known == null || asked.isEmpty()) {
            client.close(CloseReason.BUSY); // it asks anew on the next connection
            return;
        }
        parts.creates().isFree(session, asked.get().shard, () -> search.place(known, asked.get()));
    }

    @Override
    public int held(ClientConnection client) {
        EdgeConnection known = connections.get(client);
        return known == null ? 0 : known.count();
    }

    @Override
    public boolean holds(ClientConnection client, SessionId session) {
        EdgeConnection known = connections.get(client);
        return known != null && known.held(session).isPresent();
    }

    @Override
    public void permitted(ClientConnection client, Permit permit) {
        EdgeConnection known = connections.get(client);
        if (known != null) {
            known.permitted(permit);
        }
    }

    @Override
    public void drained(ClientConnection client) {
        EdgeConnection known = connections.get(client);
        if (known != null) {
            known.drained();
        }
    }

    @Override
    public void closed(ClientConnection client, DisconnectReason reason) {
        EdgeConnection known = connections.remove(client);
        if (known != null) {
            known.close(reason);
        }
    }

    @Override
    public void said(Link link, LinkFrame frame) {
        link.connection(frame.connection()).ifPresent(connection -> said(link, frame, connection));
    }

    private void said(Link link, LinkFrame frame, EdgeConnection connection) {
        ClientConnection client = connection.client;
        switch (frame.kind()) {
            case DELIVERY -> deliver(link, frame.fields(4), connection);
            case ACK -> acknowledge(link, frame.fields(3), connection);
            case ELSEWHERE -> elsewhere(link, frame.fields(3), connection);
            case PROBE ->
                client.probe()
                        .thenAccept(isAlive -> connection.say(link, LinkFrame.Kind.PROBED, Boolean.toString(isAlive)));
            case CLOSE -> close(client, frame.body());
            case LOSE -> lose(link, frame.fields(4), connection);
            default -> throw new IllegalArgumentException("no owner says " + frame.kind());
        }
    }

    /** Passes a frame on, unless it is of before. */
    private static void deliver(Link link, List<String> fields, EdgeConnection connection) {
        SessionId session = new SessionId(fields.get(0));
        String state = fields.get(2);
        String text = fields.get(3);
        boolean isAnswer = !state.equals(RemoteConnection.GOES_ON) && !state.equals(RemoteConnection.ENDED);
        if (connection.came(session, Long.parseLong(fields.get(1)), link, isAnswer)) {
            switch (state) {
                case RemoteConnection.BEGINS -> connection.client.sendFirst(session, text);
                case RemoteConnection.IS_OVER -> {
                    connection.drop(session);
                    connection.client.send(text);
                }
                case RemoteConnection.ENDED -> {
                    connection.ended(session);
                    connection.client.send(text);
                }
                default -> connection.client.send(text);
            }
        }
        connection.sentOn(link, text.length());
    }

    /** A node that does not know yet that it has lost a session names an older number than its client has: that client would think its signals lost. */
    private static void acknowledge(Link link, List<String> fields, EdgeConnection connection) {
        SessionId session = new SessionId(fields.get(0));
        if (connection.came(session, Long.parseLong(fields.get(1)), link, false)) {
            connection.client.acknowledge(session, Long.parseLong(fields.get(2)));
        }
    }

    /** The node that was asked for a session says where to ask, or only that it has not the shard. */
    private void elsewhere(Link link, List<String> fields, EdgeConnection connection) {
        SessionId session = new SessionId(fields.get(0));
        if (!connection.came(session, Long.parseLong(fields.get(1)), link, false)) {
            return;
        }
        String reason = fields.get(2);
        connection.held(session).ifPresent(held -> {
            connection.drop(session);
            Ask ask = held.ask();
            if (ask == null || reason.equals(Hub.NOT_HERE) || !connection.asks(ask)) {
                lost(connection, held);
            } else if (reason.equals(Hub.FREE)) {
                search.place(connection, ask);
            } else {
                search.bring(connection, ask, Integer.parseInt(reason));
            }
        });
    }

    private static void close(ClientConnection client, String reason) {
        if (reason.equals(Hub.NOT_GRANTED)) {
            client.turnAway(client.permit());
        } else {
            client.close(CloseReason.valueOf(reason));
        }
    }

    private void lose(Link link, List<String> fields, EdgeConnection connection) {
        SessionId session = new SessionId(fields.get(0));
        if (!connection.came(session, Long.parseLong(fields.get(1)), link, false)) {
            return;
        }
        connection.drop(session);
        boolean isLast = Boolean.parseBoolean(fields.get(3))
                && connection.count() == 0
                && parts.switchboard().holdsNone(connection.client);
        if (isLast) {
            connection.client.close(CloseReason.valueOf(fields.get(2)));
        }
    }

    @Override
    public void closed(Link link, boolean isRefused) {
        connections.values().forEach(connection -> connection.lost(link).forEach(held -> lost(connection, held)));
        if (isRefused) {
            suspect.accept(link.url());
        }
    }
}
