package tokenly.tool.verify.check;

import java.util.List;
import tokenly.tool.verify.history.Cast;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Kind;

/** {@link Rule#NOTHING_LOST}, for each signal and each of its addressees. */
final class LossCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history);
        history.each(event -> {
            if (event.isA(Kind.SENT)) {
                run.sent(event);
            }
        });
        return run.findings;
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.NOTHING_LOST);
        private final Cast cast;
        private final Sends sends;
        private final WriteOffs writeOffs;
        private final Deliveries deliveries;

        Run(History history) {
            this.cast = history.cast();
            this.sends = Sends.of(history);
            this.writeOffs = WriteOffs.of(history);
            this.deliveries = Deliveries.bySession(history);
        }

        void sent(Event event) {
            for (int session : addressees(event)) {
                boolean isKnown = sends.isFailed(event.who(), event.a(), session)
                        || deliveries.contains(event.who(), session, event.a())
                        || writeOffs.isAfter(session, event);
                if (!isKnown) {
                    findings.add("s" + session + " never got it, and nobody was told", event);
                }
            }
        }

        private List<Integer> addressees(Event event) {
            int sender = cast.session(event.who());
            return event.b() != Event.ALL
                    ? List.of((int) event.b())
                    : cast.sessionsIn(cast.room(sender)).stream()
                            .filter(session -> session != sender)
                            .toList();
        }
    }
}
