package tokenly.tool.text;

import java.util.List;
import java.util.Locale;

/**
 * A text of {@code messages.properties} that may be shown in any language.
 *
 * @param key its name there
 * @param values of its placeholders; a {@code Text} among them is shown in the same language
 */
public record Text(String key, List<Object> values) {

    public Text {
        values = List.copyOf(values);
    }

    public static Text of(String key, Object... values) {
        return new Text(key, List.of(values));
    }

    /** The text of one constant of an enum: {@code phase_drop} of the prefix {@code phase_} and {@code DROP}. */
    public static Text named(String prefix, Enum<?> constant) {
        return of(prefix + constant.name().toLowerCase(Locale.ROOT));
    }

    /**
     * The text with its placeholders filled in.
     *
     * @throws java.util.MissingResourceException if there is no such text
     */
    public String in(Language language) {
        return language.text(key, values.toArray());
    }
}
