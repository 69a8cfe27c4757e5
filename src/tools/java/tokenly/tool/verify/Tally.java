package tokenly.tool.verify;

import java.util.EnumMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Kind;

/** How often each kind of event happened. */
public final class Tally {

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

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
        if (event.isA(Kind.SERVER_STARTED) && event.a() != 0) {
            killsWhileCleaning++;
        }
    }

    public int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    /** How many kills of the server met its store while it was being cleaned up. */
    public int killsWhileCleaning() {
        return killsWhileCleaning;
    }
}
