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
        Map<Integer, Positions> seats = new HashMap<>();
        history.each(event -> {
            Positions seat = seats.computeIfAbsent(event.who(), none -> new Positions());
            look(event, seat, findings);
            seat.note(event);
        });
        return findings;
    }

    private static void look(Event event, Positions seat, Findings findings) {
        switch (event.kind()) {
            case ACKED -> look(event, "sent", seat.acked(), seat.out(), findings);
            case ACK -> look(event, "received", seat.ack(), seat.in(), findings);
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
