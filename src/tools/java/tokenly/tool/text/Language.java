package tokenly.tool.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The languages of the tools. */
@SuppressWarnings("ImmutableEnumChecker") // a bundle is read, and never changes
public enum Language {
    EN(Locale.ROOT),
    KO(Locale.KOREAN);

    private final ResourceBundle texts;

    Language(Locale locale) {
        texts = ResourceBundle.getBundle(
                "tokenly.tool.messages", locale, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }

    /** The language of {@code locale}, or English. */
    public static Language of(Locale locale) {
        return named(locale.getLanguage()).orElse(EN);
    }

    /** {@code ko} or {@code en}. */
    public static Optional<Language> named(String name) {
        return Arrays.stream(values())
                .filter(language -> language.toString().equals(name))
                .findFirst();
    }

    /**
     * The text of that key with its placeholders filled in; a {@link Text} among {@code values} is shown in this language.
     *
     * @throws java.util.MissingResourceException if there is no such text
     */
    public String text(String key, Object... values) {
        Object[] shown = Arrays.stream(values)
                .map(value -> value instanceof Text text ? text.in(this) : value)
                .toArray();
        return texts.getString(key).formatted(shown);
    }

    /** All texts by their keys, placeholders and all. */
    public ResourceBundle texts() {
        return texts;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
