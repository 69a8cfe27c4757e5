package tokenly.tool.text;

/** What somebody wrote cannot be done, and why, in words for them. The exception's own message is English. */
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
