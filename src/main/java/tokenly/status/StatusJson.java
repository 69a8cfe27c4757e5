package tokenly.status;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tokenly.session.Status;

/**
 * The six fields of {@code GET /status}, in the order in which PROTOCOL.md lists them.
 *
 * @param nextDelaySeconds a whole number where the delay is one
 * @param lastAttempt RFC 3339 in UTC, to the millisecond
 */
@JsonbPropertyOrder({"state", "activeSessions", "reconnectAttempts", "maxAttempts", "nextDelaySeconds", "lastAttempt"})
public record StatusJson(
        @JsonbProperty("state") String state,
        @JsonbProperty("active_sessions") int activeSessions,
        @JsonbProperty("reconnect_attempts") int reconnectAttempts,
        @JsonbProperty("max_attempts") int maxAttempts,
        @JsonbProperty("next_delay_seconds") BigDecimal nextDelaySeconds,

        @JsonbProperty("last_attempt") @JsonbNillable @Nullable
        String lastAttempt) {

    static StatusJson of(Status status) {
        return new StatusJson(
                status.state().name().toLowerCase(Locale.ROOT),
                status.activeSessions(),
                status.reconnectAttempts(),
                status.maxAttempts(),
                seconds(status.nextDelay()),
                status.lastAttempt() == null
                        ? null
                        : status.lastAttempt().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private static BigDecimal seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds; // 10, not 1E+1
    }
}
