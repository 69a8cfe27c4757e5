package tokenly.tool.text;

/** A command cannot be done as it was written. It says why in the user's language; its own message is English. */
public final class UsageException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient Text text;

    /**
     * The reason.
     *
     * @param key of its text
     * @param values of the text's placeholders; a {@link Text} among them is shown in the reader's language, too
     */
    public UsageException(String key, Object... values) {
        super(Language.EN.text(key, values));
        this.text = Text.of(key, values);
    }

    /** Throws one if {@code value} is not from {@code least} to {@code most}. */
    public static void checkRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException("out_of_range", option, value, least, most);
        }
    }

    public String in(Language language) {
        return text.in(language);
    }
}
