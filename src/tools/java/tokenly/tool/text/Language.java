package tokenly.tool.text;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of the tools. */
public enum Language {
    EN,
    KO;

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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
