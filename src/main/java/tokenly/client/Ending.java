package tokenly.client;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the end of a connection asks of the client (PROTOCOL.md, "Close codes"). */
record Ending(int code, String reason) {

    /** RFC 6455, section 7.4.1: the client is done. */
    static final int NORMAL = 1000;

    /** RFC 6455, section 7.4.1: no close frame has come. */
    static final int LOST = 1006;

    private static final int PROTOCOL_ERROR = 4000;
    private static final int NOT_ALLOWED = 4003;
    private static final int HEARTBEAT_TIMEOUT = 4008;
    private static final int REPLACED = 4009;
    private static final int TAKEN_OVER = 4010;

    /** At most 9 digits, 11 days: nobody waits longer because somebody cannot count. */
    private static final Pattern RETRY_AFTER = Pattern.compile("retry_after_ms=(\\d{1,9})");

    /** Why the client stops for good, if it does; as {@link PeerListener#ended} has it. */
    Optional<String> stops() {
        return switch (code) {
            case PROTOCOL_ERROR -> Optional.of("protocol-error");
            case NOT_ALLOWED -> Optional.of("not-allowed");
            case REPLACED -> Optional.of("replaced");
            case TAKEN_OVER -> Optional.of("taken-over");
            default -> Optional.empty();
        };
    }

    /** The wait before the next attempt: what the server asks for, else {@code usual}, which is the policy's. */
    Duration delay(Duration usual, OptionalLong drainMillis) {
        Matcher matcher = RETRY_AFTER.matcher(reason);
        if (matcher.find()) {
            Duration asked = Duration.ofMillis(Long.parseLong(matcher.group(1)));
            boolean isRefused = code == LOST; // it was never open, and may be refused again and again
            return isRefused && asked.compareTo(usual) < 0 ? usual : asked;
        }
        if (code == HEARTBEAT_TIMEOUT) {
            return Duration.ZERO;
        }
        return drainMillis.isPresent() ? Duration.ofMillis(drainMillis.getAsLong()) : usual;
    }

    /** A handshake that a server has refused with {@code status}; {@code retryAfter} is its header of that name, in seconds. */
    static String refusal(int status, Optional<String> retryAfter) {
        return "HTTP " + status
                + retryAfter
                        .filter(seconds -> seconds.matches("\\d{1,6}"))
                        .map(seconds -> ", retry_after_ms=" + seconds + "000")
                        .orElse("");
    }
}
