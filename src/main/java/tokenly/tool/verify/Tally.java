package tokenly.tool.verify;

import java.util.EnumMap;
import java.util.Map;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Kind;

/** How often each kind of event happened. */
public final class Tally {

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

    private Tally() {}

    /** Of all events. */
    public static Tally of(History history) {
        Tally tally = new Tally();
        history.each(event -> tally.counts.merge(event.kind(), 1, Integer::sum));
        return tally;
    }

    public int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }
}
