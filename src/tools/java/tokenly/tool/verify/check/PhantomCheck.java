package tokenly.tool.verify.check;

import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/** {@link Rule#NO_PHANTOM}. */
final class PhantomCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.NO_PHANTOM);
        Sends sends = Sends.of(history);
        history.each(event -> {
            if (event.isA(EventKind.DELIVERED)) {
                look(event, history, sends, findings);
            }
        });
        return findings;
    }

    private static void look(Event event, History history, Sends sends, Findings findings) {
        int from = (int) event.a();
        if (from == Event.NOBODY) {
            findings.add("that was never sent", event);
        } else if (sends.to(from, event.b()) == Sends.NONE || sends.index(from, event.b()) > event.index()) {
            findings.add("it was not sent", event);
        } else if (!sends.isFor(from, event.b(), history.topology().session(event.who()))) {
            findings.add("it was sent to another session", history.event(sends.index(from, event.b())), event);
        }
    }
}
