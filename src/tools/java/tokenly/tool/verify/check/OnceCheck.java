package tokenly.tool.verify.check;

import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/** {@link Rule#ONCE}. */
final class OnceCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.ONCE);
        Deliveries seen = new Deliveries();
        history.each(event -> {
            boolean isKnown = event.isA(EventKind.DELIVERED) && event.a() != Event.NOBODY;
            if (isKnown && !seen.add((int) event.a(), event.who(), event.b())) {
                findings.add("it was processed before", event);
            }
        });
        return findings;
    }
}
