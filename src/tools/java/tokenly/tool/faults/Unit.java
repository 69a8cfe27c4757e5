package tokenly.tool.faults;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tokenly.tool.text.Text;

/** How an attribute is written. Inside, times are whole microseconds and sizes whole bytes. */
enum Unit {
    /** A time; in JSON a number of milliseconds. */
    MILLIS(1_000, "TIME", "a_duration", false),
    /** A time; in JSON a number of microseconds. */
    MICROS(1, "TIME", "a_duration", false),
    /** A size; in JSON a number of bytes. */
    BYTES(1, "SIZE", "a_size", true),
    /** A rate, bytes per second; in JSON a number of kilobytes per second. */
    KILOBYTES_PER_SECOND(1_000, "RATE", "a_rate", false);

    /** Ten digits, so that no product overflows. */
    private static final Pattern NUMBER_AND_SUFFIX = Pattern.compile("([0-9]{1,10})([a-z]*)");

    private final long inJson;
    private final String placeholder;
    private final String example; // the key of its text
    private final boolean mayBeBare;

    Unit(long inJson, String placeholder, String example, boolean mayBeBare) {
        this.inJson = inJson;
        this.placeholder = placeholder;
        this.example = example;
        this.mayBeBare = mayBeBare;
    }

    private enum Suffix {
        M(60_000_000),
        S(1_000_000),
        MS(1_000),
        US(1),
        MB(1_000_000),
        KB(1_000),
        B(1);

        /** What one of it is, in the unit used inside. */
        private final long factor;

        Suffix(long factor) {
            this.factor = factor;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From the largest to the smallest. */
    private List<Suffix> suffixes() {
        return switch (this) {
            case MILLIS, MICROS -> List.of(Suffix.M, Suffix.S, Suffix.MS, Suffix.US);
            case BYTES, KILOBYTES_PER_SECOND -> List.of(Suffix.MB, Suffix.KB, Suffix.B);
        };
    }

    /** What {@code text} says, such as {@code 100ms} or {@code 64kb}, if it is of this unit. 0 needs no suffix. */
    OptionalLong parse(String text) {
        Matcher matcher = NUMBER_AND_SUFFIX.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        String suffix = matcher.group(2);
        if (suffix.isEmpty()) {
            return mayBeBare || number == 0 ? OptionalLong.of(number) : OptionalLong.empty();
        }
        return suffixes().stream()
                .filter(known -> known.toString().equals(suffix))
                .mapToLong(known -> number * known.factor)
                .findFirst();
    }

    /** The shortest text that {@link #parse} reads as {@code value}. */
    String format(long value) {
        Suffix largest = suffixes().stream()
                .filter(suffix -> value % suffix.factor == 0)
                .findFirst()
                .orElseThrow();
        boolean isBare = value == 0 || (mayBeBare && largest.factor == 1);
        return value / largest.factor + (isBare ? "" : largest.toString());
    }

    double toJson(long value) {
        return (double) value / inJson;
    }

    long fromJson(double number) {
        return Math.round(number * inJson);
    }

    /** What stands for a value where a syntax is shown. */
    String placeholder() {
        return placeholder;
    }

    /** What a value looks like, for messages. */
    Text example() {
        return Text.of(example);
    }
}
