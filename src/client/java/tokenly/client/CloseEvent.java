package tokenly.client;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tokenly.protocol.CloseCode;
import tokenly.protocol.CloseCode.ClientAct;

/** What the end of a connection asks of the client (PROTOCOL.md, "Close codes"). */
record CloseEvent(int code, String reason) {

    /** At most 9 digits, which is 11 days: a server that sends more is not believed. */
    private static final Pattern RETRY_AFTER = Pattern.compile("retry_after_ms=(\\d{1,9})");

    /** Why the client stops for good, if it does; its code is what {@link PeerListener#ended} has. */
    Optional<TokenlyException> stops() {
        return CloseCode.of(code)
                .filter(known -> known.act() == ClientAct.STOP)
                .map(known -> TokenlyException.stopped(known.wireName(), reason));
    }

    /** Whether the server has closed a connection because it held no session. */
    boolean isUnused() {
        return act() == ClientAct.REST;
    }

    private ClientAct act() {
        return CloseCode.of(code).orElse(CloseCode.LOST).act();
    }

    /**
     * The wait before the next attempt: what the server asks for, else {@code usual}, which is the policy's.
     *
     * @param drain what the server has announced before it stopped
     * @param isFirst whether it is the first attempt since a connection has lived long enough
     */
    Duration delay(Duration usual, Optional<Duration> drain, boolean isFirst) {
        if (act() == ClientAct.RETRY_AT_ONCE && isFirst) { // at once, but not again and again
            return Duration.ZERO;
        }
        Matcher matcher = RETRY_AFTER.matcher(reason);
        if (act() == ClientAct.RETRY_IN_TIME && matcher.matches()) {
            return Duration.ofMillis(Long.parseLong(matcher.group(1)));
        }
        if (code == CloseCode.LOST.number()
                && matcher.find()) { // a handshake that was refused, and may be again and again
            Duration asked = Duration.ofMillis(Long.parseLong(matcher.group(1)));
            return asked.compareTo(usual) < 0 ? usual : asked;
        }
        return drain.orElse(usual);
    }

    /** A handshake that a server has refused with {@code status}; {@code retryAfter} is its header of that name, in seconds. */
    static String refusal(int status, Optional<String> retryAfter) {
        return "HTTP " + status
                + retryAfter
                        .filter(seconds -> seconds.matches("\\d{1,6}"))
                        .map(seconds -> ", retry_after_ms=" + seconds + "000")
                        .orElse("");
    }

    /** Such as {@code 1006 HTTP 503}. */
    @Override
    public String toString() {
        return code + (reason.isEmpty() ? "" : " " + reason);
    }
}
