package tokenly.wire;

import java.util.List;

/** Several messages in one text frame, for clients that take it (PROTOCOL.md, "Batches"). */
public final class Batch {

    /** Most bytes of such a frame: a browser that probes its connection for 2 s hears only of whole ones. */
    static final int MAX_BYTES = 4 << 10;

    /** Bytes between two messages. */
    public static final int SEPARATOR_BYTES = 1;

    /** ASCII's record separator, between two messages: no JSON text can have it unescaped (RFC 8259, sections 2 and 7). */
    private static final String SEPARATOR = "\u001e";

    private Batch() {}

    /** One frame of {@code messages}, one of them at least. */
    public static String join(List<String> messages) {
        return messages.size() == 1 ? messages.get(0) : String.join(SEPARATOR, messages);
    }
}
