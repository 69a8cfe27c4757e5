package tokenly.tool.verify;

import java.util.EnumMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/** How often each kind of event happened. */
public final class Tally {

    private final Map<EventKind, Integer> counts = new EnumMap<>(EventKind.class);

    private int killsWhileCleaning;

    private Tally() {}

    /** Of all events. */
    public static Tally of(History history) {
        Tally tally = new Tally();
        history.each(tally::note);
        return tally;
    }

    private void note(Event event) {
        counts.merge(event.kind(), 1, Integer::sum);
        if (event.isA(EventKind.SERVER_STARTED) && event.a() != 0) {
            killsWhileCleaning++;
        }
    }

    public int count(EventKind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** How many kills of the server met its store while it was being cleaned up. */
    public int killsWhileCleaning() {
        return killsWhileCleaning;
    }
}
