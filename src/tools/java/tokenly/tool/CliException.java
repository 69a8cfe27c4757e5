package tokenly.tool;

import tokenly.tool.text.Language;
import tokenly.tool.text.Text;

/** Something outside is in the way, such as a taken port. The command ends with exit code 1. */
final class CliException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient Text text;
    private final transient Object[] values;

    CliException(Throwable cause, Text text, Object... values) {
        super(text.in(Language.EN, values), cause);
        this.text = text;
        this.values = values.clone();
    }

    String in(Language language) {
        return text.in(language, values);
    }
}
