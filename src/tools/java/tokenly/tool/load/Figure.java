package tokenly.tool.load;

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
    P999_MICROS(0),
    /** How late the generator itself was with 1 message of 100; part of the times above. */
    LATE_P99_MICROS(0),
    /** Sessions that are back, or connections that are there, with all that they have to get. */
    RETURNS_PER_SECOND(0),
    /** Live heap of the server for each connection that does nothing, and the session on it. */
    CONNECTED_HEAP_BYTES(0),
    /** Memory of the server's process for the same, garbage included. */
    CONNECTED_RESIDENT_BYTES(0),
    /** Live heap of the server for each session that waits, with nothing in its mailbox. */
    WAITING_HEAP_BYTES(0),
    /** From the start of the process until it serves, with all sessions waiting. */
    START_SECONDS(2);

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
        String text = String.format(Locale.ROOT, "%,." + digits + "f", value);
        return text.matches("-[0.]+") ? text.substring(1) : text;
    }
}
