package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Terms;

/** {@link Rule#BOUNDS}. */
final class BoundCheck implements Check {

    /** Messages about presence in one mailbox, besides all others (PROTOCOL.md, "Framing"). */
    private static final int PRESENCE = 256;

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.BOUNDS);
        Map<Integer, Positions> instances = new HashMap<>();
        Map<Integer, Long> askedFrom = new HashMap<>();
        history.each(event -> {
            Positions instance = instances.computeIfAbsent(event.who(), none -> new Positions());
            instance.note(event);
            switch (event.kind()) {
                case OUT -> client(event, instance, history.terms(), findings);
                case IN -> mailbox(event, event.b() - instance.ack(), history.terms(), findings);
                case RESUME_ASKED -> askedFrom.put(event.who(), event.b());
                case RESUMED ->
                    mailbox(event, event.c() - askedFrom.getOrDefault(event.who(), 0L), history.terms(), findings);
                default -> {}
            }
        });
        return findings;
    }

    private static void client(Event event, Positions instance, Terms terms, Findings findings) {
        long kept = instance.out() - instance.acked();
        if (kept > terms.unacknowledged()) {
            findings.add("the client keeps " + kept + " of at most " + terms.unacknowledged(), event);
        }
    }

    private static void mailbox(Event event, long kept, Terms terms, Findings findings) {
        int most = terms.mailboxMessages() + PRESENCE;
        if (kept > most) {
            findings.add("the mailbox keeps " + kept + " of at most " + most, event);
        }
    }
}
