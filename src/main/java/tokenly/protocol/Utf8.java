package tokenly.protocol;

/** How long text is on the wire. */
public final class Utf8 {

    private Utf8() {}

    /** Bytes of {@code text} in UTF-8, without encoding it; an unpaired surrogate counts as the three of U+FFFD. */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes++;
                if (c >= 0x800) {
                    bytes++;
                }
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++; // the pair is four bytes: two characters and two more
                }
            }
        }
        return bytes;
    }
}
