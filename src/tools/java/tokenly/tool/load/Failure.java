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

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry(CloseOutcome.REFUSED.name(), "advice_refused"),
            Map.entry(CloseOutcome.UNREACHABLE.name(), "advice_unreachable"),
            Map.entry(CloseOutcome.NO_LOCAL_PORT.name(), "advice_no_local_port"),
            Map.entry(CloseOutcome.NO_DESCRIPTOR.name(), "advice_no_descriptor"),
            Map.entry(CloseOutcome.LOST.name(), "advice_lost"),
            Map.entry(TIMEOUT, "advice_timeout"),
            Map.entry(NOT_TRIED, "advice_not_tried"),
            Map.entry("server-full", "advice_server_full"),
            Map.entry("room-full", "advice_room_full"),
            Map.entry("session-in-use", "advice_session_in_use"),
            Map.entry("busy", "advice_busy"),
            Map.entry("rate-limited", "advice_limited"),
            Map.entry("closed-4013", "advice_limited"),
            Map.entry("http-429", "advice_limited"),
            Map.entry("closed-1013", "advice_connections_full"),
            Map.entry("http-503", "advice_connections_full"),
            Map.entry("closed-4001", "advice_token_expired"),
            Map.entry("closed-4003", "advice_token"),
            Map.entry("unauthorized", "advice_token"),
            Map.entry("not-allowed", "advice_token"),
            Map.entry("http-404", "advice_http_404"));

    private Failure() {}

    /** What to do about {@code reason}. */
    static Text advice(String reason) {
        return Text.of(ADVICE.getOrDefault(reason, "advice_other"));
    }
}
