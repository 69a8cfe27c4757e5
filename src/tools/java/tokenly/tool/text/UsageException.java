package tokenly.tool.text;

/** A command that cannot be done as it was written, and why, in the language of the user. The exception's own message is English. */
public final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient Text text;
    private final transient Object[] values;

    /** @param values of the text's placeholders; a {@link Text} among them is said in the reader's language, too */
    public UsageException(Text text, Object... values) {
        super(text.in(Language.EN, values));
        this.text = text;
        this.values = values.clone();
    }

    public String in(Language language) {
        return text.in(language, values);
    }
}
