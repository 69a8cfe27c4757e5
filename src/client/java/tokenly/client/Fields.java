package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/** Fields that a frame of the server must have. */
final class Fields {

    private static final long MOST_MILLIS = 999_999_999;

    private Fields() {}

    /** @throws ServerFault if {@code text} is no frame */
    static JsonObject parse(String text) {
        try {
            return JsonObject.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new ServerFault("a frame is " + malformed.getMessage());
        }
    }

    /** @throws ServerFault if there is no such string */
    static String text(JsonObject frame, String name) {
        return frame.text(name).orElseThrow(() -> missing(name));
    }

    /** @throws ServerFault if there is no such whole number */
    static long whole(JsonObject frame, String name) {
        return frame.whole(name).orElseThrow(() -> missing(name));
    }

    /** The {@code code} of an error, also of one that this client does not know. */
    static String errorName(JsonObject error) {
        return error.text("code").orElse("unknown");
    }

    /** How long the server asks to wait, 11 days at most; empty if it does not. */
    static Optional<Duration> retryAfter(JsonObject frame) {
        OptionalLong millis = frame.whole("retry_after_ms");
        return millis.isPresent() && millis.getAsLong() >= 0
                ? Optional.of(Duration.ofMillis(Math.min(millis.getAsLong(), MOST_MILLIS)))
                : Optional.empty();
    }

    /** How long a token is valid, 11 days at most; zero if it is not said. */
    static Duration expiresIn(JsonObject frame) {
        long millis = frame.whole("expires_in_ms").orElse(0);
        return Duration.ofMillis(Math.min(Math.max(millis, 0), MOST_MILLIS));
    }

    /** @throws ServerFault if there is no such object */
    static JsonObject object(JsonObject frame, String name) {
        return frame.object(name).orElseThrow(() -> missing(name));
    }

    /** @throws ServerFault if there is no such array of strings */
    static List<String> texts(JsonObject frame, String name) {
        return values(frame, name)
                .map(value -> value instanceof Json.Text text ? Optional.of(text.value()) : Optional.<String>empty())
                .map(text -> text.orElseThrow(() -> missing(name)))
                .toList();
    }

    /** @throws ServerFault if there is no such array of whole numbers */
    static List<Long> wholes(JsonObject frame, String name) {
        return values(frame, name)
                .map(value -> value instanceof Json.Numeral number ? JsonObject.whole(number) : OptionalLong.empty())
                .map(number -> number.orElseThrow(() -> missing(name)))
                .toList();
    }

    private static Stream<Json> values(JsonObject frame, String name) {
        return frame.array(name).orElseThrow(() -> missing(name)).stream();
    }

    private static ServerFault missing(String name) {
        return new ServerFault("a frame without a good " + name);
    }
}
