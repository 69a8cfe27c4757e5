package tokenly.client;

/** How long text is on the wire. */
final class Utf8 {

    private Utf8() {}

    /** Bytes of {@code text} in UTF-8, without encoding it. */
    static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800 && !Character.isSurrogate(c)) {
                bytes += 2;
            } else if (c >= 0x80) {
                bytes++; // a pair is four bytes: two characters and one more for each
            }
        }
        return bytes;
    }
}
