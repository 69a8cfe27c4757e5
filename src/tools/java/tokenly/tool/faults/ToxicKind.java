package tokenly.tool.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The faults that there are. */
public enum ToxicKind {
    LATENCY,
    /** No connection at all: the port is shut, and every connection is closed. The only one that is not about a pipe. */
    DOWN,
    TIMEOUT,
    RESET_PEER,
    SLOW_CLOSE,
    BANDWIDTH,
    SLICER,
    LIMIT_DATA;

    static Optional<ToxicKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst();
    }

    /** Its attributes; the first is the one whose value stands right behind the fault's name. */
    List<Attribute> attributes() {
        return switch (this) {
            case LATENCY -> List.of(Attribute.LATENCY, Attribute.JITTER);
            case DOWN -> List.of();
            case TIMEOUT, RESET_PEER -> List.of(Attribute.TIMEOUT);
            case SLOW_CLOSE -> List.of(Attribute.DELAY);
            case BANDWIDTH -> List.of(Attribute.RATE);
            case SLICER -> List.of(Attribute.AVERAGE_SIZE, Attribute.SIZE_VARIATION, Attribute.SLICE_DELAY);
            case LIMIT_DATA -> List.of(Attribute.BYTES);
        };
    }

    /** What {@code fault}, of this kind, does to one pipe. */
    Toxic toxic(Fault fault, RandomGenerator random) {
        return switch (this) {
            case LATENCY -> new Latency(fault, random);
            case DOWN -> new Toxic() {};
            case TIMEOUT -> new Timeout(fault);
            case RESET_PEER -> new ResetPeer(fault);
            case SLOW_CLOSE -> new SlowClose(fault);
            case BANDWIDTH -> new Bandwidth(fault);
            case SLICER -> new Slicer(fault, random);
            case LIMIT_DATA -> new LimitData(fault);
        };
    }

    Optional<Attribute> attribute(String name) {
        return attributes().stream()
                .filter(attribute -> attribute.isNamed(name))
                .findFirst();
    }

    /** Its expression with every attribute: {@code latency=TIME[,jitter=TIME]}. */
    String syntax() {
        return this + attributes().stream().map(this::syntax).collect(Collectors.joining());
    }

    private String syntax(Attribute attribute) {
        String value = "=" + attribute.unit().placeholder();
        String text = attribute == attributes().get(0) ? value : "," + attribute.shortName() + value;
        return attribute.byDefault().isPresent() ? "[" + text + "]" : text;
    }

    /** Each kind's syntax, a line each. */
    public static String syntaxes() {
        return Arrays.stream(values()).map(ToxicKind::syntax).collect(Collectors.joining("\n"));
    }

    /** Its name in JSON and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
