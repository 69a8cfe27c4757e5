package tokenly.tool.load.bench;

import java.util.Locale;

/** What can be measured of a server, each in a unit of its own. */
public enum Figure {
    /** That reached their receivers. */
    MESSAGES_PER_SECOND(0),
    /** Of the server's process, for 100,000 messages received: user and system time. */
    SERVER_CPU_SECONDS(2),
    /** The same of this process. */
    GENERATOR_CPU_SECONDS(2),
    /** From one peer to the other. */
    P50_MICROS(0),
    P99_MICROS(0),
    P999_MICROS(0);

    private final int digits;

    /** @param digits after the point, for people */
    Figure(int digits) {
        this.digits = digits;
    }

    /** Its name in JSON. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@code value} for people. */
    String format(double value) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
