package tokenly.session;

/** What every id on the wire must be (PROTOCOL.md, "Framing"). */
final class IdRule {

    /** Longest id in UTF-16 code units: room for a UUID, an e-mail address or a URL, and little enough to hold by the 100,000. */
    static final int MAX_LENGTH = 128;

    private IdRule() {}

    /**
     * Returns {@code id} unchanged.
     *
     * @throws IllegalArgumentException with a message for the peer, if it is no valid id
     */
    static String check(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "an id has 1 to " + MAX_LENGTH + " characters, this one has " + id.length());
        }
        if (id.equals("__proto__")) {
            throw new IllegalArgumentException("__proto__ is no id: a JavaScript client could not keep it as a key");
        }
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            checkCharacter(id.codePointAt(i));
        }
        return id;
    }

    private static void checkCharacter(int codePoint) {
        if (Character.isISOControl(codePoint)) {
            throw new IllegalArgumentException("an id holds no control characters");
        }
        if (Character.getType(codePoint) == Character.SURROGATE) {
            throw new IllegalArgumentException("an id holds no unpaired surrogates");
        }
    }
}
