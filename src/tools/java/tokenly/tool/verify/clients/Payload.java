package tokenly.tool.verify.clients;

import java.util.Optional;
import java.util.OptionalLong;
import tokenly.client.json.JsonObject;

/**
 * What a signal of a run carries: who sent it, its number, and a text that follows from both, so that nothing can be altered
 * unnoticed.
 *
 * @param seat that sent it
 * @param number 1 for the first signal of the seat, one more for each
 */
record Payload(int seat, long number) {

    private static final String SEAT = "seat";
    private static final String NUMBER = "number";
    private static final String TEXT = "text";

    /** What JSON has to escape, more than one byte of UTF-8, and a surrogate pair. */
    private static final String AWKWARD = "\"\\ \u00e9 \uc548\ub155 \ud83d\ude00 </script>\n";

    private static final int MOST_REPEATS = 5;

    JsonObject fields() {
        return JsonObject.EMPTY.with(SEAT, seat).with(NUMBER, number).with(TEXT, text());
    }

    private String text() {
        return "s" + seat + "#" + number + AWKWARD.repeat((int) (number % MOST_REPEATS));
    }

    /** Reads one; empty unless it is just as it was sent. */
    static Optional<Payload> read(JsonObject fields) {
        OptionalLong seat = fields.whole(SEAT);
        OptionalLong number = fields.whole(NUMBER);
        if (seat.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        Payload payload = new Payload((int) seat.getAsLong(), number.getAsLong());
        return payload.fields().equals(fields) ? Optional.of(payload) : Optional.empty();
    }
}
