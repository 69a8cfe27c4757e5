package tokenly.tool.verify.check;

import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/**
 * {@link Rule#NO_GAP}. A missing signal is excused if its sender was told, if another instance of the receiver had it, or
 * if the receiver began anew after it was sent.
 */
final class GapCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history);
        history.each(event -> {
            if (event.isA(EventKind.DELIVERED) && event.a() != Event.NOBODY) {
                run.delivered(event);
            }
        });
        return run.findings;
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.NO_GAP);
        private final History history;
        private final Sends sends;
        private final WriteOffs writeOffs;
        private final Deliveries deliveries;
        private final LastProcessed pairs = new LastProcessed();

        Run(History history) {
            this.history = history;
            this.sends = Sends.of(history);
            this.writeOffs = WriteOffs.of(history);
            this.deliveries = Deliveries.bySession(history);
        }

        void delivered(Event event) {
            int from = (int) event.a();
            for (long number = pairs.last(from, event.who()) + 1; number < event.b(); number++) {
                if (isMissing(from, number, event)) {
                    findings.add("number " + number + " is missing before it", sent(from, number), event);
                }
            }
            pairs.raise(from, event.who(), event.b());
        }

        private boolean isMissing(int from, long number, Event next) {
            int session = history.topology().session(next.who());
            return sends.isFor(from, number, session)
                    && sends.failure(from, number, session).isEmpty()
                    && !deliveries.contains(from, session, number)
                    && !writeOffs.isBetween(session, sends.index(from, number), next.index());
        }

        private Event sent(int from, long number) {
            return history.event(sends.index(from, number));
        }
    }
}
