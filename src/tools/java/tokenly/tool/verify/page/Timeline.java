package tokenly.tool.verify.page;

import java.util.ArrayList;
import java.util.List;
import tokenly.tool.verify.history.Event;

/** The life of one session, as it is drawn: when a connection held it, and what happened. Tell it the session's events in order. */
final class Timeline {

    private static final long NOBODY = 0;

    /** A stretch in which the session was held, or was not. */
    record Stretch(long fromMicros, long toMicros, boolean isHeld) {}

    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Event> marks = new ArrayList<>();
    private long fromMicros = -1; // of the stretch that goes on; -1 before the first
    private boolean isHeld;
    private int holder;
    private long connection = NOBODY;

    void note(Event event) {
        switch (event.kind()) {
            case CREATED -> {
                if (fromMicros >= 0) {
                    marks.add(event);
                }
                held(event);
            }
            case RESUMED, RESET -> {
                marks.add(event);
                held(event);
            }
            case GONE, DENIED, TAKEN_OVER, LATE_RESUME -> marks.add(event);
            case CLOSED -> {
                if (event.who() == holder && event.connection() == connection) {
                    turn(event.atMicros(), false);
                    connection = NOBODY;
                }
            }
            case LEFT -> turn(event.atMicros(), false);
            default -> {}
        }
    }

    private void held(Event event) {
        holder = event.who();
        connection = event.connection();
        turn(event.atMicros(), true);
    }

    private void turn(long atMicros, boolean nowHeld) {
        if (fromMicros >= 0 && nowHeld == isHeld) {
            return;
        }
        end(atMicros);
        fromMicros = atMicros;
        isHeld = nowHeld;
    }

    /** The history ends. */
    void end(long atMicros) {
        if (fromMicros >= 0) {
            stretches.add(new Stretch(fromMicros, atMicros, isHeld));
        }
    }

    List<Stretch> stretches() {
        return stretches;
    }

    /** What is worth a mark. */
    List<Event> marks() {
        return marks;
    }
}
