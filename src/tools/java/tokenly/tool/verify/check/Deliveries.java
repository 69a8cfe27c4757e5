package tokenly.tool.verify.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/** Which signals were processed, by the two sides and the number. A bit for each number of each pair that has one. */
final class Deliveries {

    /** The signals of one instance that are processed by {@code at}: an instance, or a session for all of its instances. */
    private record Pair(int from, int at) {}

    private final Map<Pair, BitSet> numbers = new HashMap<>();

    /** All of {@code history}, by the session that processed them. */
    static Deliveries bySession(History history) {
        Deliveries deliveries = new Deliveries();
        history.each(event -> {
            if (event.isA(EventKind.DELIVERED) && event.a() != Event.NOBODY) {
                deliveries.add((int) event.a(), history.topology().session(event.who()), event.b());
            }
        });
        return deliveries;
    }

    /** Notes one; false if it is there already. */
    boolean add(int from, int at, long number) {
        BitSet processed = numbers.computeIfAbsent(new Pair(from, at), none -> new BitSet());
        boolean isNew = !processed.get((int) number);
        processed.set((int) number);
        return isNew;
    }

    boolean contains(int from, int at, long number) {
        BitSet processed = numbers.get(new Pair(from, at));
        return processed != null && processed.get((int) number);
    }
}
