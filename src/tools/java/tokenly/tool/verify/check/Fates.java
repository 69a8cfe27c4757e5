package tokenly.tool.verify.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Topology;

/**
 * What became of each signal at each of its addressees: a signal to a room of four counts three times.
 *
 * @param sent all signals to all of their addressees
 * @param delivered processed by the addressee, whatever else its sender was told
 * @param refused named as lost to the sender or to the addressee, by the reason
 * @param lost neither
 */
public record Fates(int sent, int delivered, Map<String, Integer> refused, int lost) {

    /** The reason where the addressee began anew, and was told. */
    static final String ADDRESSEE_BEGAN_ANEW = "addressee-began-anew";

    public int refusals() {
        return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Of all of {@code history}. */
    public static Fates of(History history) {
        return of(history, (event, session) -> {});
    }

    /** @param whenLost takes the event by which a signal was sent that is lost, and the session that never got it */
    static Fates of(History history, BiConsumer<Event, Integer> whenLost) {
        Count count = new Count(history, whenLost);
        history.each(event -> {
            if (event.isA(EventKind.SENT)) {
                count.sent(event);
            }
        });
        return new Fates(count.sent, count.delivered, Map.copyOf(count.refused), count.lost);
    }

    private static final class Count {

        private final BiConsumer<Event, Integer> whenLost;
        private final Topology topology;
        private final Sends sends;
        private final WriteOffs writeOffs;
        private final Deliveries deliveries;
        private final Map<String, Integer> refused = new TreeMap<>();
        private int sent;
        private int delivered;
        private int lost;

        Count(History history, BiConsumer<Event, Integer> whenLost) {
            this.whenLost = whenLost;
            this.topology = history.topology();
            this.sends = Sends.of(history);
            this.writeOffs = WriteOffs.of(history);
            this.deliveries = Deliveries.bySession(history);
        }

        void sent(Event event) {
            for (int session : addressees(event)) {
                sent++;
                Optional<String> refusal = refusal(event, session);
                if (deliveries.contains(event.who(), session, event.a())) {
                    delivered++;
                } else if (refusal.isPresent()) {
                    refused.merge(refusal.get(), 1, Integer::sum);
                } else {
                    lost++;
                    whenLost.accept(event, session);
                }
            }
        }

        private Optional<String> refusal(Event event, int session) {
            return sends.failure(event.who(), event.a(), session)
                    .map(Object::toString)
                    .or(() -> writeOffs.isAfter(session, event) ? Optional.of(ADDRESSEE_BEGAN_ANEW) : Optional.empty());
        }

        private List<Integer> addressees(Event event) {
            int sender = topology.session(event.who());
            return event.b() != Event.ALL
                    ? List.of((int) event.b())
                    : topology.sessionsIn(topology.room(sender)).stream()
                            .filter(session -> session != sender)
                            .toList();
        }
    }
}
