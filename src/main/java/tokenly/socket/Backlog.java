package tokenly.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import tokenly.wire.Batch;
import tokenly.wire.Utf8;

/**
 * The messages of one outbox that are not sent yet, in order and within bounds; those of the frame that is under way count
 * until it has landed. Belongs to its outbox, and is guarded by it.
 */
final class Backlog {

    /**
     * In bytes of UTF-8.
     *
     * @param batch most in a frame of more than one message; 0 for a reader that takes no such frame
     * @param unsent most that may be unsent; a single message may always be
     */
    record Bounds(int batch, int unsent) {}

    /**
     * What goes in one send.
     *
     * @param bytes of its messages, in UTF-8
     */
    record Frame(String text, int bytes) {}

    private final Bounds bounds;
    private final Queue<Frame> waiting = new ArrayDeque<>(); // a message each
    private long bytes; // of the frame under way and of all that wait
    private boolean isAwaited; // somebody was told that there is no room

    Backlog(Bounds bounds) {
        this.bounds = bounds;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Whether so little is unsent that more may come which could also wait elsewhere: a quarter of the bound, so that what
     * cannot wait has the rest. If not, {@link #hasRoomAgain} will tell, once.
     */
    boolean hasRoom() {
        boolean hasRoom = bytes <= bounds.unsent() / 4;
        isAwaited |= !hasRoom;
        return hasRoom;
    }

    /**
     * Whether there is room, and somebody waits for it: half of what {@link #hasRoom} allows, lest a reader be fed by the
     * frame.
     */
    boolean hasRoomAgain() {
        boolean isNews = isAwaited && bytes <= bounds.unsent() / 8;
        isAwaited &= !isNews;
        return isNews;
    }

    /** Takes {@code message}; false, and nothing is taken, if it would pass the bound. */
    boolean add(String message) {
        int length = Utf8.length(message);
        if (bytes > 0 && bytes + length > bounds.unsent()) {
            return false;
        }
        bytes += length;
        return waiting.add(new Frame(message, length));
    }

    /** What waits, as far as it may go in one frame; null if nothing does. */
    @Nullable
    Frame next() {
        List<String> messages = new ArrayList<>(1);
        int length = 0;
        int room = bounds.batch();
        while (!waiting.isEmpty() && (messages.isEmpty() || waiting.element().bytes() <= room)) {
            Frame message = waiting.remove();
            messages.add(message.text());
            length += message.bytes();
            room -= message.bytes() + Batch.SEPARATOR_BYTES;
        }
        return messages.isEmpty() ? null : new Frame(Batch.join(messages), length);
    }

    /** {@code frame} has landed. */
    void sent(Frame frame) {
        bytes -= frame.bytes();
    }

    /** Forgets what waits. */
    void clear() {
        waiting.clear();
    }
}
