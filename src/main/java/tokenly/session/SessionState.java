package tokenly.session;

import java.util.Map;

/** The state of a session and the one table of its transitions. A session starts as {@link #CONNECTED}. */
enum SessionState {
    /** An attachment holds it. */
    CONNECTED,
    /** Its connection is gone; its place in the room is held. */
    WAITING,
    /** It exists no more. */
    ENDED;

    /** What may happen to a session. */
    enum Event {
        LOST,
        ATTACHED,
        ENDED
    }

    private static final Map<SessionState, Map<Event, SessionState>> TRANSITIONS = Map.of(
            CONNECTED, Map.of(Event.LOST, WAITING, Event.ATTACHED, CONNECTED, Event.ENDED, ENDED),
            WAITING, Map.of(Event.ATTACHED, CONNECTED, Event.ENDED, ENDED),
            ENDED, Map.of());

    /** @throws IllegalStateException if the table has no such move, which is a bug of the server */
    SessionState after(Event event) {
        SessionState next = TRANSITIONS.getOrDefault(this, Map.of()).get(event);
        if (next == null) {
            throw new IllegalStateException("no transition from " + this + " on " + event);
        }
        return next;
    }
}
