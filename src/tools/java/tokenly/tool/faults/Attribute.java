package tokenly.tool.faults;

import java.util.OptionalLong;
import tokenly.tool.text.UsageException;

/** What can be said about a fault: Toxiproxy's attributes, with their ranges. */
enum Attribute {
    LATENCY("latency", "latency", Unit.MILLIS, 0, OptionalLong.empty()),
    JITTER("jitter", "jitter", Unit.MILLIS, 0, OptionalLong.of(0)),
    RATE("rate", "rate", Unit.KILOBYTES_PER_SECOND, 1, OptionalLong.empty()),
    TIMEOUT("timeout", "timeout", Unit.MILLIS, 0, OptionalLong.of(0)),
    DELAY("delay", "delay", Unit.MILLIS, 0, OptionalLong.empty()),
    AVERAGE_SIZE("average_size", "size", Unit.BYTES, 1, OptionalLong.empty()),
    SIZE_VARIATION("size_variation", "variation", Unit.BYTES, 0, OptionalLong.of(0)),
    SLICE_DELAY("delay", "delay", Unit.MICROS, 0, OptionalLong.of(0)),
    BYTES("bytes", "bytes", Unit.BYTES, 0, OptionalLong.empty());

    /** An hour of microseconds, for times; for sizes 3.6 GB. No test waits longer, and sums stay far below an overflow. */
    private static final long MAX = 3_600_000_000L;

    private final String jsonName;
    private final String shortName;
    private final Unit unit;
    private final long min;
    private final OptionalLong byDefault;

    Attribute(String jsonName, String shortName, Unit unit, long min, OptionalLong byDefault) {
        this.jsonName = jsonName;
        this.shortName = shortName;
        this.unit = unit;
        this.min = min;
        this.byDefault = byDefault;
    }

    /** Its name in JSON, which is Toxiproxy's. */
    String jsonName() {
        return jsonName;
    }

    /** Its name in a fault expression, where {@link #jsonName} is taken as well. */
    String shortName() {
        return shortName;
    }

    boolean isNamed(String name) {
        return name.equals(jsonName) || name.equals(shortName);
    }

    Unit unit() {
        return unit;
    }

    OptionalLong byDefault() {
        return byDefault;
    }

    /**
     * Reads {@code 100ms} or {@code 64kb}.
     *
     * @throws UsageException if it is none, or out of range
     */
    long parse(String text) {
        return check(text, unit.parse(text));
    }

    /**
     * Takes a number as JSON has it.
     *
     * @throws UsageException if it is out of range
     */
    long fromJson(double number) {
        return check(String.valueOf(number), OptionalLong.of(unit.fromJson(number)));
    }

    private long check(String text, OptionalLong value) {
        if (value.isEmpty()) {
            throw new UsageException("bad_value", jsonName, text, unit.example());
        }
        if (value.getAsLong() < min || value.getAsLong() > MAX) {
            throw new UsageException("out_of_range", jsonName, text, unit.format(min), unit.format(MAX));
        }
        return value.getAsLong();
    }
}
