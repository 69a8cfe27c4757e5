package tokenly.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.SessionId;
import tokenly.socket.ClientConnection;

/**
 * A client of this node that has sessions in rooms of others: which of its sessions is where, and what it is called on the links to
 * there. Thread-safe.
 */
final class EdgeConnection {

    final ClientConnection client;
    private final Map<SessionId, Held> sessions = new HashMap<>(); // guarded by this, like all below
    private final Map<SessionId, Ask> asks = new HashMap<>(0); // that are on their way to where their sessions are
    private final Map<Link, Long> numbers = new HashMap<>(2); // on the links that know it
    private final Map<Link, Long> unsent = new HashMap<>(0); // characters that came over a link, and have no room
    private long lastAsk;
    private boolean isClosed;

    /**
     * A session that another node has.
     *
     * @param number of what asked for it there; all that the node says of the session names it, so that what it said before counts no more
     * @param ask to which there is no answer yet; null once there is
     */
    record Held(
            SessionId session,
            Link link,
            int shard,
            long number,
            @Nullable Ask ask) {}

    EdgeConnection(ClientConnection client) {
        this.client = client;
    }

    /** It asks for a session; what it says of the session meanwhile waits behind. False if it is gone. */
    synchronized boolean asks(Ask ask) {
        if (isClosed) {
            return false;
        }
        asks.put(ask.session, ask);
        return true;
    }

    synchronized Optional<Ask> ask(SessionId session) {
        return Optional.ofNullable(asks.get(session));
    }

    /** {@code ask} is where it belongs, or given up. */
    synchronized void isBrought(Ask ask) {
        asks.remove(ask.session, ask);
    }

    /** Passes {@code ask} on over {@code link}; false if the client or the link is gone. */
    synchronized boolean ask(Ask ask, Link link, int shard) {
        if (isClosed || link.isClosed()) { // a link that closes from here on looks through all that are held over it
            return false;
        }
        long asked = ++lastAsk;
        sessions.put(ask.session, new Held(ask.session, link, shard, asked, ask));
        if (!numbers.containsKey(link)) {
            long number = link.open(this);
            numbers.put(link, number);
            link.send(LinkFrame.of(
                    LinkFrame.Kind.OPEN,
                    number,
                    client.subprotocol().name(),
                    client.countedAddress(),
                    PermitText.encode(client.permit())));
        }
        say(link, LinkFrame.Kind.FRAME, Integer.toString(shard), Long.toString(asked), ask.session.value(), ask.text);
        asks.remove(ask.session, ask);
        return true;
    }

    synchronized Optional<Held> held(SessionId session) {
        return Optional.ofNullable(sessions.get(session));
    }

    /** How many sessions it holds at others, or has asked for. */
    synchronized int count() {
        return sessions.size() + asks.size();
    }

    /** The links over which it holds a session. */
    synchronized Set<Link> links() {
        return sessions.values().stream().map(Held::link).collect(Collectors.toSet());
    }

    /** The session is not held any more. */
    synchronized void drop(SessionId session) {
        sessions.remove(session);
    }

    /**
     * Something of a session came over {@code link}; false if that is of before, and means nothing: the session is held over another one, or
     * was asked for again.
     *
     * @param number of what the node was asked
     * @param isAnswer whether it answers that; else it may be about a frame before
     */
    synchronized boolean came(SessionId session, long number, Link link, boolean isAnswer) {
        Held held = sessions.get(session);
        if (held == null || held.link() != link || held.number() != number) {
            return false;
        }
        if (isAnswer) {
            sessions.put(session, new Held(session, link, held.shard(), number, null));
        }
        return true;
    }

    /** The session has ended; it may be asked for again already. */
    synchronized void ended(SessionId session) {
        Held held = sessions.get(session);
        if (held != null && held.ask() == null) {
            sessions.remove(session);
        }
    }

    /** Says {@code fields} of the connection over {@code link}, if that knows it. */
    synchronized void say(Link link, LinkFrame.Kind kind, String... fields) {
        Long number = numbers.get(link);
        if (number != null) {
            link.send(LinkFrame.of(kind, number, fields));
        }
    }

    /** Has sent {@code length} characters on to the client, which came over {@code link}; if it has no room, that is said later. */
    void sentOn(Link link, long length) {
        synchronized (this) {
            unsent.merge(link, length, Long::sum);
        }
        if (client.hasRoom()) { // else drained comes
            drained();
        }
    }

    /** The client has room again. */
    void drained() {
        Map<Link, Long> sent;
        synchronized (this) {
            sent = Map.copyOf(unsent);
            unsent.clear();
        }
        sent.forEach((link, length) -> say(link, LinkFrame.Kind.ROOM, Long.toString(length)));
    }

    /** The client has another token. */
    synchronized void permitted(Permit permit) {
        numbers.keySet().forEach(link -> say(link, LinkFrame.Kind.PERMIT, PermitText.encode(permit)));
    }

    /** {@code link} is gone; hands out what was held over it. */
    synchronized List<Held> lost(Link link) {
        numbers.remove(link);
        unsent.remove(link);
        return takeOut(held -> held.link() == link);
    }

    /** Hands out what is held at another node than the owner of its shard. */
    synchronized List<Held> moved(Owners owners) {
        return takeOut(held -> owners.haveMoved(held.shard(), held.link().url()));
    }

    /** Who owns which shard. */
    @FunctionalInterface
    interface Owners {

        /** Whether {@code shard} is known to be at another node than {@code url}. */
        boolean haveMoved(int shard, String url);
    }

    /** Hands out what was asked for over a link and is not answered, since before {@code limit}. */
    synchronized List<Held> unanswered(Duration limit) {
        return takeOut(held -> held.ask() != null && held.ask().since.compareTo(limit) < 0);
    }

    private List<Held> takeOut(Predicate<Held> isMeant) {
        List<Held> out =
                new ArrayList<>(sessions.values().stream().filter(isMeant).toList());
        out.forEach(held -> sessions.remove(held.session()));
        return out;
    }

    /** The client is gone. */
    synchronized void close(DisconnectReason reason) {
        isClosed = true;
        numbers.forEach((link, number) -> {
            link.send(LinkFrame.of(LinkFrame.Kind.CLOSED, number, reason.name()));
            link.forget(number);
        });
        numbers.clear();
        sessions.clear();
        asks.clear();
    }
}
