package tokenly.tool;

import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;
import tokenly.tool.text.Language;

/** The options of every command. */
final class CommonOptions {

    private static final String LANG = "--lang";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "${bundle:help_option}")
    @SuppressWarnings("unused") // picocli looks
    private boolean isHelpAsked;

    @Option(names = LANG, paramLabel = "ko|en", description = "${bundle:lang_option}")
    private Language language = Language.of(Locale.getDefault());

    Language language() {
        return language;
    }

    /** The language that {@code arguments} ask for, before they are parsed: help and complaints need it. */
    static Language language(String[] arguments, Locale locale) {
        Optional<Language> asked = Optional.empty();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith(LANG + "=")) {
                asked = Language.named(arguments[i].substring(LANG.length() + 1));
            } else if (arguments[i].equals(LANG) && i + 1 < arguments.length) {
                asked = Language.named(arguments[i + 1]);
            }
        }
        return asked.orElse(Language.of(locale));
    }
}
