package tokenly.protocol;

import java.util.stream.Collectors;

/** What every id on the wire must be (PROTOCOL.md, "Framing"). */
public final class IdRule {

    /** Longest id in UTF-16 code units: room for a UUID, an e-mail address or a URL, and little enough to hold by the 100,000. */
    public static final int MAX_LENGTH = 128;

    private IdRule() {}

    /**
     * Returns {@code id} unchanged.
     *
     * @throws IllegalArgumentException with a message for the peer, if it is no valid id
     */
    public static String check(String id) {
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

    /**
     * As the log shows an id. A valid id may still hold what no reader sees or what changes the line around it, such as
     * U+2028 (a new line) or U+202E (text from right to left): of each of those its number stands there, in the form of a
     * JavaScript escape.
     */
    public static String printable(String id) {
        return id.codePoints().noneMatch(IdRule::isUnseen)
                ? id
                : id.codePoints().mapToObj(IdRule::printable).collect(Collectors.joining());
    }

    private static String printable(int codePoint) {
        if (!isUnseen(codePoint)) {
            return Character.toString(codePoint);
        }
        return String.format(codePoint <= Character.MAX_VALUE ? "\\u%04x" : "\\u{%x}", codePoint);
    }

    private static boolean isUnseen(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
