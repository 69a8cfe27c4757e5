package tokenly.tool.verify.check;

import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Kind;

/** {@link Rule#ORDER}. What comes twice is left to {@link OnceCheck}. */
final class OrderCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.ORDER);
        Pairs pairs = new Pairs();
        Deliveries seen = new Deliveries();
        history.each(event -> {
            if (event.isA(Kind.DELIVERED) && event.a() != Event.NOBODY) {
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
