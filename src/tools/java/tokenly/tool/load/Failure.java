package tokenly.tool.load;

import java.util.Map;
import tokenly.tool.load.ws.CloseOutcome;
import tokenly.tool.text.Text;

/** Why a peer fails: an {@link CloseOutcome}, an error code of the server's, or one of these. All in kebab-case. */
final class Failure {

    /** Nothing happened for too long. */
    static final String TIMEOUT = "timeout";

    /** The round had stalled before its turn came. */
    static final String NOT_TRIED = "not-tried";

    /** What the server answered makes no sense. */
    static final String BAD_ANSWER = "bad-answer";

    private static final Map<String, Text> ADVICE = Map.ofEntries(
            Map.entry(CloseOutcome.REFUSED.name(), Text.ADVICE_REFUSED),
            Map.entry(CloseOutcome.UNREACHABLE.name(), Text.ADVICE_UNREACHABLE),
            Map.entry(CloseOutcome.NO_LOCAL_PORT.name(), Text.ADVICE_NO_LOCAL_PORT),
            Map.entry(CloseOutcome.NO_DESCRIPTOR.name(), Text.ADVICE_NO_DESCRIPTOR),
            Map.entry(CloseOutcome.LOST.name(), Text.ADVICE_LOST),
            Map.entry(TIMEOUT, Text.ADVICE_TIMEOUT),
            Map.entry(NOT_TRIED, Text.ADVICE_NOT_TRIED),
            Map.entry("server-full", Text.ADVICE_SERVER_FULL),
            Map.entry("room-full", Text.ADVICE_ROOM_FULL),
            Map.entry("session-in-use", Text.ADVICE_SESSION_IN_USE),
            Map.entry("busy", Text.ADVICE_BUSY),
            Map.entry("rate-limited", Text.ADVICE_LIMITED),
            Map.entry("closed-4013", Text.ADVICE_LIMITED),
            Map.entry("http-429", Text.ADVICE_LIMITED),
            Map.entry("closed-1013", Text.ADVICE_CONNECTIONS_FULL),
            Map.entry("http-503", Text.ADVICE_CONNECTIONS_FULL),
            Map.entry("http-404", Text.ADVICE_HTTP_404));

    private Failure() {}

    /** What to do about {@code reason}. */
    static Text advice(String reason) {
        return ADVICE.getOrDefault(reason, Text.ADVICE_OTHER);
    }
}
