package tokenly.tool.faults;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tokenly.tool.text.UsageException;

/**
 * A fault on one line: {@code [upstream:|downstream:]NAME[=VALUE][,ATTRIBUTE=VALUE]...}, where the first value is that of
 * the fault's first attribute. {@code blackhole} is another word for {@code timeout=0}.
 */
final class FaultExpression {

    private FaultExpression() {}

    static Fault parse(String expression) {
        String text = expression.strip();
        int colon = text.indexOf(':');
        Stream stream = colon < 0 ? Stream.BOTH : stream(text.substring(0, colon));
        String rest = text.substring(colon + 1);
        List<String> parts = Arrays.asList((rest.equals("blackhole") ? "timeout=0" : rest).split(",", -1));
        ToxicKind kind = kind(name(parts.get(0)));
        Map<Attribute, Long> values = new EnumMap<>(Attribute.class);
        if (parts.get(0).indexOf('=') >= 0) {
            Attribute first = first(kind, parts.get(0));
            values.put(first, first.parse(value(parts.get(0))));
        }
        for (String part : parts.subList(1, parts.size())) {
            Attribute attribute = attribute(kind, name(part));
            if (values.putIfAbsent(attribute, attribute.parse(value(part))) != null) {
                throw new UsageException("value_twice", kind, attribute.jsonName());
            }
        }
        return new Fault(Fault.defaultName(kind, stream), kind, stream, values);
    }

    static String format(Fault fault) {
        String prefix = fault.stream() == Stream.BOTH ? "" : fault.stream() + ":";
        List<Attribute> attributes = fault.kind().attributes();
        return prefix
                + fault.kind()
                + attributes.stream()
                        .filter(attribute -> isWorthSaying(fault, attribute))
                        .map(attribute -> (attribute == attributes.get(0) ? "" : "," + attribute.shortName()) + "="
                                + attribute.unit().format(fault.value(attribute)))
                        .collect(Collectors.joining());
    }

    private static boolean isWorthSaying(Fault fault, Attribute attribute) {
        return attribute == fault.kind().attributes().get(0)
                || attribute.byDefault().orElse(-1) != fault.value(attribute);
    }

    static Stream stream(String name) {
        return Stream.named(name).orElseThrow(() -> new UsageException("unknown_stream", name));
    }

    static ToxicKind kind(String name) {
        return ToxicKind.named(name)
                .orElseThrow(() -> new UsageException(
                        "unknown_fault", name, "  " + ToxicKind.syntaxes().replace("\n", "\n  ")));
    }

    private static Attribute first(ToxicKind kind, String part) {
        return kind.attributes().stream()
                .findFirst()
                .orElseThrow(() -> new UsageException("unknown_attribute", kind, value(part), kind.syntax()));
    }

    static Attribute attribute(ToxicKind kind, String name) {
        return kind.attribute(name)
                .orElseThrow(() -> new UsageException("unknown_attribute", kind, name, kind.syntax()));
    }

    private static String name(String part) {
        int equals = part.indexOf('=');
        return (equals < 0 ? part : part.substring(0, equals)).strip();
    }

    private static String value(String part) {
        return part.substring(part.indexOf('=') + 1).strip();
    }
}
