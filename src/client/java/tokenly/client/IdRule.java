package tokenly.client;

/** What every id on the wire must be (PROTOCOL.md, "Framing"). */
final class IdRule {

    private static final int MAX_LENGTH = 128;

    private IdRule() {}

    /** @throws TokenlyException with {@code bad-id} if {@code id} is no valid id */
    static void check(String id) {
        boolean isValid = !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && !id.equals("__proto__")
                && id.codePoints().noneMatch(IdRule::isForbidden);
        if (!isValid) {
            throw new TokenlyException(
                    TokenlyException.BAD_ID,
                    false,
                    "an id has 1 to " + MAX_LENGTH
                            + " characters, no control characters and no unpaired surrogates, and is not __proto__");
        }
    }

    private static boolean isForbidden(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
