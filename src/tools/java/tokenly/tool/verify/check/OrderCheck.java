package tokenly.tool.verify.check;

import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/** {@link Rule#ORDER}. What comes twice is left to {@link OnceCheck}. */
final class OrderCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.ORDER);
        LastProcessed pairs = new LastProcessed();
        Deliveries seen = new Deliveries();
        history.each(event -> {
            if (event.isA(EventKind.DELIVERED) && event.a() != Event.NOBODY) {
                boolean isNew = seen.add((int) event.a(), event.who(), event.b());
                if (isNew && event.b() < pairs.last(event.a(), event.who())) {
                    findings.add("number " + pairs.last(event.a(), event.who()) + " was processed before it", event);
                }
                pairs.raise(event.a(), event.who(), event.b());
            }
        });
        return findings;
    }
}
