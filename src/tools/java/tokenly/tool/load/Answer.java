package tokenly.tool.load;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tokenly.tool.server.JsonDocument;

/**
 * A server's answer to {@code create-peer} (PROTOCOL.md).
 *
 * @param code why not, in kebab-case; empty if the session is there
 */
record Answer(String code) {

    private static final Answer CREATED = new Answer("");
    private static final Pattern CODE = Pattern.compile("[a-z0-9-]{1,40}");

    boolean isCreated() {
        return code.isEmpty();
    }

    /** Reads {@code text}; empty if it is no answer for {@code session}. */
    static Optional<Answer> of(String text, String session) {
        try {
            JsonDocument frame = JsonDocument.parse(text);
            return frame.isFor(session) ? about(frame) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.of(refused(null));
        }
    }

    private static Optional<Answer> about(JsonDocument frame) {
        return switch (frame.type()) {
            case "peer-created" -> Optional.of(Boolean.TRUE.equals(frame.get("success")) ? CREATED : refusal(frame));
            case "error" -> Optional.of(refused(frame.get("code")));
            default -> Optional.empty();
        };
    }

    private static Answer refusal(JsonDocument frame) {
        return refused(frame.get("error") instanceof Map<?, ?> error ? error.get("code") : null);
    }

    /** A code that is none is not shown: it comes from outside. */
    private static Answer refused(@Nullable Object code) {
        return new Answer(code instanceof String name && CODE.matcher(name).matches() ? name : Failure.BAD_ANSWER);
    }
}
