package tokenly.tool;

import tokenly.tool.text.Language;
import tokenly.tool.text.Text;

/** Something outside prevents the command, such as a taken port. The command ends with exit code 1. */
final class CliException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Text text;

    /** @param key of the text that says so, with its {@code values} */
    CliException(Throwable cause, String key, Object... values) {
        super(Language.EN.text(key, values), cause);
        this.text = Text.of(key, values);
    }

    String in(Language language) {
        return text.in(language);
    }
}
