package tokenly.client;

import java.util.Map;

/** The state of the client's side of a session, and the one table of its transitions. */
enum SessionState {
    /** The server is to be asked to create it, or has not answered. */
    CREATING,
    /** It exists, as far as the client knows; the server is to be asked for it, or has not answered. */
    DETACHED,
    /** The current connection holds it. */
    ATTACHED,
    /** It exists no more, or belongs to another client. */
    ENDED;

    /** What may happen to a session. */
    enum Event {
        ATTACHED,
        LOST,
        GONE,
        ENDED
    }

    private static final Map<SessionState, Map<Event, SessionState>> TRANSITIONS = Map.of(
            CREATING,
            Map.of(Event.ATTACHED, ATTACHED, Event.LOST, CREATING, Event.ENDED, ENDED),
            DETACHED,
            Map.of(Event.ATTACHED, ATTACHED, Event.LOST, DETACHED, Event.GONE, CREATING, Event.ENDED, ENDED),
            ATTACHED,
            Map.of(Event.LOST, DETACHED, Event.ENDED, ENDED),
            ENDED,
            Map.of());

    /** @throws IllegalStateException if the table has no such move, which is a bug of the client */
    SessionState after(Event event) {
        SessionState next = TRANSITIONS.getOrDefault(this, Map.of()).get(event);
        if (next == null) {
            throw new IllegalStateException("no transition from " + this + " on " + event);
        }
        return next;
    }
}
