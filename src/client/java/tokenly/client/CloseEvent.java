package tokenly.client;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the end of a connection asks of the client (PROTOCOL.md, "Close codes"). */
record CloseEvent(int code, String reason) {

    /** RFC 6455, section 7.4.1: the client is done. */
    static final int NORMAL = 1000;

    /** RFC 6455, section 7.4.1: no close frame has come. */
    static final int LOST = 1006;

    private static final int UNUSED = 1008;
    private static final int HEARTBEAT_TIMEOUT = 4008;

    /** After these the client does not come back; by the reason of {@link PeerListener#ended}. */
    private static final Map<Integer, String> FINAL =
            Map.of(4000, "protocol-error", 4003, "not-allowed", 4009, "replaced", 4010, "taken-over");

    /** The reason of these may say when to come back. */
    private static final Set<Integer> TIMED = Set.of(1001, 1012, 1013, 4013);

    /** At most 9 digits, which is 11 days: a server that sends more is not believed. */
    private static final Pattern RETRY_AFTER = Pattern.compile("retry_after_ms=(\\d{1,9})");

    /** Why the client stops for good, if it does; as {@link PeerListener#ended} has it. */
    Optional<String> stops() {
        return Optional.ofNullable(FINAL.get(code));
    }

    /** Whether the server has closed a connection because it held no session. */
    boolean isUnused() {
        return code == UNUSED;
    }

    /**
     * The wait before the next attempt: what the server asks for, else {@code usual}, which is the policy's.
     *
     * @param isFirst whether it is the first attempt since a connection has lived long enough
     */
    Duration delay(Duration usual, OptionalLong drainMillis, boolean isFirst) {
        if (code == HEARTBEAT_TIMEOUT && isFirst) { // at once, but not again and again
            return Duration.ZERO;
        }
        Matcher matcher = RETRY_AFTER.matcher(reason);
        if (TIMED.contains(code) && matcher.matches()) {
            return Duration.ofMillis(Long.parseLong(matcher.group(1)));
        }
        if (code == LOST && matcher.find()) { // a handshake that was refused, and may be again and again
            Duration asked = Duration.ofMillis(Long.parseLong(matcher.group(1)));
            return asked.compareTo(usual) < 0 ? usual : asked;
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
