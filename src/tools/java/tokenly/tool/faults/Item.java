package tokenly.tool.faults;

import java.nio.ByteBuffer;

/** What passes along a pipe, in order. */
sealed interface Item {

    /**
     * Bytes on their way.
     *
     * @param buffer what is still to be written
     * @param charge how much room in the pipe is free again once all of them are written; bytes
     */
    record Bytes(ByteBuffer buffer, int charge) implements Item {

        /** Takes the first {@code count} bytes off; the charge goes with the last of them. */
        Bytes first(int count) {
            ByteBuffer piece = buffer.slice(buffer.position(), count);
            buffer.position(buffer.position() + count);
            return new Bytes(piece, buffer.hasRemaining() ? 0 : charge);
        }
    }

    /** The end of a pipe, of one kind or the other. */
    enum Mark implements Item {
        /** The sender has no more to send (FIN). */
        END,
        /** The sender is gone (RST), or cannot be reached any more. */
        RESET,
        /** A fault wants the connection closed after what went before. */
        CLOSE
    }
}
