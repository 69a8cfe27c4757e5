package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;

/** {@link Rule#NUMBERS}: of the mailbox, and of where the two sides say that they stand when they meet again. */
final class NumberCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.NUMBERS);
        Map<Integer, Instance> instances = new HashMap<>();
        history.each(event -> {
            Instance instance = instances.computeIfAbsent(event.who(), none -> new Instance());
            instance.look(event, findings);
            instance.positions.note(event);
        });
        return findings;
    }

    private static final class Instance {

        final Positions positions = new Positions();
        private long askedFrom;
        private long last;

        void look(Event event, Findings findings) {
            switch (event.kind()) {
                case RESUME_ASKED -> askedFrom = event.b();
                case CREATED, RESET -> last = 0;
                case RESUMED -> resumed(event, findings);
                case IN -> in(event, findings);
                default -> {}
            }
        }

        private void resumed(Event event, Findings findings) {
            last = askedFrom;
            if (event.b() < positions.acked() || event.b() > positions.out()) {
                findings.add(
                        "the server has acknowledged " + positions.acked() + ", and " + positions.out() + " was sent",
                        event);
            }
            if (event.c() < Math.max(askedFrom, positions.in())) {
                findings.add("number " + Math.max(askedFrom, positions.in()) + " was in the mailbox already", event);
            }
        }

        private void in(Event event, Findings findings) {
            if (event.b() != last + 1) {
                findings.add("after " + last + " comes " + event.b(), event);
            }
            last = event.b();
        }
    }
}
