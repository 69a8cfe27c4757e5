package tokenly.tool.load.ws;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** Frames of one connection that the system has not taken yet, in order. Not thread-safe. */
final class SendQueue {

    private final Queue<ByteBuffer> unsent = new ArrayDeque<>(0);
    private int bytes;

    void add(ByteBuffer frame) {
        unsent.add(frame);
        bytes += frame.remaining();
    }

    /** How many frames wait, the one that is partly sent included. */
    int size() {
        return unsent.size();
    }

    int bytes() {
        return bytes;
    }

    void clear() {
        unsent.clear();
        bytes = 0;
    }

    /** Writes to {@code channel} as much as the system takes, several frames in one go, by way of {@code batch}. */
    void writeTo(SocketChannel channel, ByteBuffer batch) throws IOException {
        boolean isTaken = true;
        while (isTaken && !unsent.isEmpty()) {
            batch.clear();
            unsent.forEach(frame -> append(frame, batch));
            int written = channel.write(batch.flip());
            isTaken = !batch.hasRemaining();
            remove(written);
        }
    }

    /** As much of {@code frame} as fits. */
    private static void append(ByteBuffer frame, ByteBuffer batch) {
        ByteBuffer part = frame.duplicate();
        batch.put(part.limit(part.position() + Math.min(part.remaining(), batch.remaining())));
    }

    /** The first {@code count} bytes are sent. */
    private void remove(int count) {
        bytes -= count;
        int left = count;
        for (ByteBuffer next = unsent.peek(); next != null && left >= next.remaining(); next = unsent.peek()) {
            left -= next.remaining();
            unsent.remove();
        }
        ByteBuffer cut = unsent.peek();
        if (cut != null) {
            cut.position(cut.position() + left);
        }
    }
}
