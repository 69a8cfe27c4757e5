package tokenly.tool.verify.clients;

import java.util.Optional;
import java.util.OptionalLong;
import tokenly.client.json.JsonObject;

/**
 * What a signal of a run carries: who sent it, its number, and a text that follows from both, so that nothing can be altered
 * unnoticed.
 *
 * @param instance that sent it
 * @param number 1 for the first signal of the instance, one more for each
 */
record Payload(int instance, long number) {

    private static final String INSTANCE = "instance";
    private static final String NUMBER = "number";
    private static final String TEXT = "text";

    /** What JSON has to escape, more than one byte of UTF-8, and a surrogate pair. */
    private static final String AWKWARD = "\"\\ \u00e9 \uc548\ub155 \ud83d\ude00 </script>\n";

    private static final int MOST_REPEATS = 5;

    JsonObject fields() {
        return JsonObject.EMPTY.with(INSTANCE, instance).with(NUMBER, number).with(TEXT, text());
    }

    private String text() {
        return "s" + instance + "#" + number + AWKWARD.repeat((int) (number % MOST_REPEATS));
    }

    /** Reads one; empty unless it is just as it was sent. */
    static Optional<Payload> read(JsonObject fields) {
        OptionalLong instance = fields.whole(INSTANCE);
        OptionalLong number = fields.whole(NUMBER);
        if (instance.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        Payload payload = new Payload((int) instance.getAsLong(), number.getAsLong());
        return payload.fields().equals(fields) ? Optional.of(payload) : Optional.empty();
    }
}
