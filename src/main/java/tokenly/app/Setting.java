package tokenly.app;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Every setting: its key, default and range. The README's table says the same, and a test compares the two. */
enum Setting {
    RECONNECT_INITIAL_DELAY("tokenly.reconnect.initial.delay.ms", "1000", "10", "600000"),
    RECONNECT_FACTOR("tokenly.reconnect.factor", "2", "1.0", "10.0"),
    RECONNECT_MAX_DELAY("tokenly.reconnect.max.delay.ms", "30000", "10", "3600000"),
    RECONNECT_MAX_ATTEMPTS("tokenly.reconnect.max.attempts", "5", "1", "100"),
    RECONNECT_JITTER("tokenly.reconnect.jitter", "0.2", "0.0", "1.0"),
    RESUME_WINDOW("tokenly.resume.window.ms", "60000", "100", "86400000"),
    GOING_AWAY_GRACE("tokenly.going.away.grace.ms", "5000", "0", "3600000"),
    HEARTBEAT_INTERVAL("tokenly.heartbeat.interval.ms", "10000", "50", "3600000"),
    HEARTBEAT_TIMEOUT("tokenly.heartbeat.timeout.ms", "20000", "100", "7200000"),
    PROBE_TIMEOUT("tokenly.probe.timeout.ms", "2000", "50", "60000"),
    SEND_TIMEOUT("tokenly.send.timeout.ms", "10000", "50", "3600000"),
    SEND_QUEUE("tokenly.send.queue.bytes", "1048576", "65536", "1073741824"),
    MAILBOX_MESSAGES("tokenly.mailbox.messages", "10000", "1", "1000000"),
    MAILBOX_BYTES("tokenly.mailbox.bytes", "4194304", "1024", "1073741824"),
    SESSIONS("tokenly.sessions.max", "100000", "1", "10000000"),
    ROOM_SESSIONS("tokenly.room.sessions.max", "1000", "1", "100000"),
    ROOM_QUEUE("tokenly.room.queue.max", "1000", "1", "1000000");

    private final String key;
    private final BigDecimal byDefault;
    private final BigDecimal min;
    private final BigDecimal max;

    Setting(String key, String byDefault, String min, String max) {
        this.key = key;
        this.byDefault = new BigDecimal(byDefault);
        this.min = new BigDecimal(min);
        this.max = new BigDecimal(max);
    }

    /** Its MicroProfile Config name. */
    String key() {
        return key;
    }

    /** Its name in the environment (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    String environmentKey() {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    BigDecimal byDefault() {
        return byDefault;
    }

    /** As people read it, both ends included: {@code 10 to 600000}. */
    String range() {
        return min.toPlainString() + " to " + max.toPlainString();
    }

    /** The number that {@code text} holds, if it is one of the range; a fraction only where the range is written with one. */
    Optional<BigDecimal> parse(String text) {
        return number(text)
                .filter(value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0)
                .filter(value -> min.scale() > 0 || value.stripTrailingZeros().scale() <= 0);
    }

    private static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text.strip()));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
