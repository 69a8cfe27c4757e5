package tokenly.tool.load.ws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Makes messages of the bytes that a server sends (RFC 6455, section 5), however they are cut. It holds memory only while
 * a frame or a message is unfinished. Not thread-safe.
 */
final class FrameReader {

    /** Longest message in bytes; the longest of Tokenly's own are some 130 KB: the peers of a room of 1,000. */
    static final int MAX_BYTES = 1 << 20;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** What stands between two messages in one frame (PROTOCOL.md, "Batches"). */
    private static final byte BETWEEN = 0x1e;

    private static final int LONGEST_CONTROL = 125;
    private static final int NO_CODE = 1005;

    private ByteBuffer rest = NOTHING; // an unfinished frame
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(0); // the frames of an unfinished message
    private boolean isUnfinished;

    /** What frames are read for. */
    interface Sink {

        /** A whole message, valid during the call only; a batch (PROTOCOL.md, "Batches") is taken apart before. */
        void text(ByteBuffer utf8);

        /** Wants a pong with the same {@code payload}, which is valid during the call only. */
        void ping(ByteBuffer payload);

        /** The server says goodbye with {@code code}; 1005 if the frame has none. */
        void close(int code);
    }

    /** Reads all of {@code bytes}. */
    void read(ByteBuffer bytes, Sink sink) throws ProtocolException {
        ByteBuffer joined = join(rest, bytes);
        rest = NOTHING;
        while (readFrame(joined, sink)) {}
        if (joined.hasRemaining()) {
            rest = join(NOTHING, joined.duplicate(), new byte[joined.remaining()]);
        }
    }

    private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
        return first.hasRemaining() ? join(first, second, new byte[first.remaining() + second.remaining()]) : second;
    }

    private static ByteBuffer join(ByteBuffer first, ByteBuffer second, byte[] room) {
        return ByteBuffer.wrap(room).put(first).put(second).flip();
    }

    /** Reads one frame; false, and nothing is read, if it is unfinished. */
    private boolean readFrame(ByteBuffer bytes, Sink sink) throws ProtocolException {
        int start = bytes.position();
        if (bytes.remaining() < 2) {
            return false;
        }
        int first = bytes.get();
        long length = readLength(bytes);
        if (length > MAX_BYTES) {
            throw new ProtocolException("a frame of " + length + " bytes");
        }
        if (length < 0 || bytes.remaining() < length) {
            bytes.position(start);
            return false;
        }
        ByteBuffer payload = bytes.slice(bytes.position(), (int) length);
        bytes.position(bytes.position() + (int) length);
        take(first, payload, sink);
        return true;
    }

    /** Returns -1 if it is unfinished. */
    private static long readLength(ByteBuffer bytes) throws ProtocolException {
        int length = bytes.get();
        if (length < 0) {
            throw new ProtocolException("a server masks nothing");
        }
        if (length == 126) {
            return bytes.remaining() < 2 ? -1 : bytes.getShort() & 0xffff;
        }
        if (length == 127) {
            return bytes.remaining() < 8 ? -1 : positive(bytes.getLong());
        }
        return length;
    }

    private static long positive(long length) throws ProtocolException {
        if (length < 0) {
            throw new ProtocolException("a length of more than 63 bits");
        }
        return length;
    }

    private void take(int first, ByteBuffer payload, Sink sink) throws ProtocolException {
        boolean isFinal = first < 0;
        int opcode = first & 0x7f; // the reserved bits too: no extension was agreed on
        switch (opcode) {
            case Opcode.TEXT, Opcode.CONTINUATION -> takeText(opcode, isFinal, payload, sink);
            case Opcode.CLOSE, Opcode.PING, Opcode.PONG -> takeControl(opcode, isFinal, payload, sink);
            default -> throw new ProtocolException("a frame of type " + opcode);
        }
    }

    private void takeText(int opcode, boolean isFinal, ByteBuffer payload, Sink sink) throws ProtocolException {
        if (isUnfinished != (opcode == Opcode.CONTINUATION)) {
            throw new ProtocolException("a part of a message where there can be none");
        }
        if (message.size() + payload.remaining() > MAX_BYTES) {
            throw new ProtocolException("a message of more than " + MAX_BYTES + " bytes");
        }
        isUnfinished = !isFinal;
        if (isFinal && message.size() == 0) {
            texts(payload, sink);
            return;
        }
        byte[] part = new byte[payload.remaining()];
        payload.get(part);
        message.writeBytes(part);
        if (isFinal) {
            ByteBuffer whole = ByteBuffer.wrap(message.toByteArray());
            message.reset();
            texts(whole, sink);
        }
    }

    private static void texts(ByteBuffer utf8, Sink sink) {
        int end = utf8.limit();
        for (int i = utf8.position(); i < end; i++) {
            if (utf8.get(i) == BETWEEN) {
                sink.text(utf8.slice(utf8.position(), i - utf8.position()));
                utf8.position(i + 1);
            }
        }
        sink.text(utf8);
    }

    private static void takeControl(int opcode, boolean isFinal, ByteBuffer payload, Sink sink)
            throws ProtocolException {
        if (!isFinal || payload.remaining() > LONGEST_CONTROL) {
            throw new ProtocolException("a control frame in parts, or too long");
        }
        if (opcode == Opcode.PING) {
            sink.ping(payload);
        } else if (opcode == Opcode.CLOSE) {
            sink.close(payload.remaining() < 2 ? NO_CODE : payload.getShort() & 0xffff);
        }
    }
}
