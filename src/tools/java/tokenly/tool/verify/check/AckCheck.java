package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;

/** {@link Rule#ACKS}, of the server and of the clients, in each epoch. */
final class AckCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.ACKS);
        Map<Integer, Positions> instances = new HashMap<>();
        history.each(event -> {
            Positions instance = instances.computeIfAbsent(event.who(), none -> new Positions());
            look(event, instance, findings);
            instance.note(event);
        });
        return findings;
    }

    private static void look(Event event, Positions instance, Findings findings) {
        switch (event.kind()) {
            case ACKED -> look(event, "sent", instance.acked(), instance.out(), findings);
            case ACK -> look(event, "received", instance.ack(), instance.in(), findings);
            default -> {}
        }
    }

    private static void look(Event event, String done, long before, long most, Findings findings) {
        if (event.b() < before) {
            findings.add(before + " was acknowledged before", event);
        }
        if (event.b() > most) {
            findings.add("only " + most + " was " + done, event);
        }
    }
}
