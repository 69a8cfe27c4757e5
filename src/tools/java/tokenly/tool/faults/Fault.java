package tokenly.tool.faults;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import tokenly.tool.text.UsageException;

/**
 * A fault as the user wants it: what, in which direction, how much.
 *
 * @param name by which it is removed; a proxy has one fault of a name
 */
public record Fault(String name, ToxicKind kind, Stream stream, Map<Attribute, Long> values) {

    /** A fault that holds everything back and keeps the connections: a blocked port. */
    public static final Fault BLACKHOLE = parse("timeout=0");

    public Fault {
        if (kind == ToxicKind.DOWN && stream != Stream.BOTH) {
            throw new UsageException("down_has_no_stream");
        }
        Map<Attribute, Long> complete = new EnumMap<>(Attribute.class);
        for (Attribute attribute : kind.attributes()) {
            Long value = values.get(attribute);
            complete.put(
                    attribute,
                    value != null
                            ? value
                            : attribute
                                    .byDefault()
                                    .orElseThrow(() -> new UsageException(
                                            "missing_value", kind, attribute.jsonName(), kind.syntax())));
        }
        values = Collections.unmodifiableMap(complete);
    }

    /** The name of a fault that was given none: {@code latency_upstream}, or {@code latency} for both directions. */
    static String defaultName(ToxicKind kind, Stream stream) {
        return stream == Stream.BOTH ? kind.toString() : kind + "_" + stream;
    }

    /**
     * Reads an expression such as {@code latency=100ms,jitter=20ms} or {@code upstream:timeout=5s}.
     *
     * @throws UsageException saying what is wrong with it and what there is instead
     */
    public static Fault parse(String expression) {
        return FaultExpression.parse(expression);
    }

    long value(Attribute attribute) {
        Long value = values.get(attribute);
        if (value == null) {
            throw new IllegalArgumentException(kind + " has no " + attribute);
        }
        return value;
    }

    Duration duration(Attribute attribute) {
        return Duration.of(value(attribute), ChronoUnit.MICROS);
    }

    Toxic toxic(RandomGenerator random) {
        return kind.toxic(this, random);
    }

    /** The expression that {@link #parse} reads as this fault, but for its name. */
    @Override
    public String toString() {
        return FaultExpression.format(this);
    }
}
