package tokenly.client;

import java.util.Map;

/** The state of a client's connection and the one table of its transitions. A client starts as {@link #CONNECTING}. */
public enum ClientState {
    /** A connection is being opened. */
    CONNECTING,
    /** The server has said welcome. */
    CONNECTED,
    /** The server has closed a connection that held no session; {@link Client#createPeer} opens another. */
    RESTING,
    /** The next attempt is due after a while. */
    WAITING,
    /** As many attempts have failed as {@link ClientOptions#maxAttempts} allows; nothing happens until {@link Client#reconnectNow}. */
    GAVE_UP,
    /** Closed, taken over or not allowed: it never comes back. */
    CLOSED;

    /** What may happen to a connection. */
    enum Event {
        WELCOMED,
        LOST,
        RESTED,
        GAVE_UP,
        TRIED,
        STOPPED
    }

    private static final Map<ClientState, Map<Event, ClientState>> TRANSITIONS = Map.of(
            CONNECTING,
            Map.of(Event.WELCOMED, CONNECTED, Event.LOST, WAITING, Event.GAVE_UP, GAVE_UP, Event.STOPPED, CLOSED),
            CONNECTED,
            Map.of(Event.LOST, WAITING, Event.RESTED, RESTING, Event.GAVE_UP, GAVE_UP, Event.STOPPED, CLOSED),
            RESTING,
            Map.of(Event.TRIED, CONNECTING, Event.STOPPED, CLOSED),
            WAITING,
            Map.of(Event.TRIED, CONNECTING, Event.STOPPED, CLOSED),
            GAVE_UP,
            Map.of(Event.TRIED, CONNECTING, Event.STOPPED, CLOSED),
            CLOSED,
            Map.of());

    /** @throws IllegalStateException if the table has no such move, which is a bug of the client */
    ClientState after(Event event) {
        ClientState next = TRANSITIONS.getOrDefault(this, Map.of()).get(event);
        if (next == null) {
            throw new IllegalStateException("no transition from " + this + " on " + event);
        }
        return next;
    }
}
