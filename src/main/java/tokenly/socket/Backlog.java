package tokenly.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.FrameLimits;

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
    record Frame(List<Unsent> messages, int bytes) {

        String text() {
            return messages.size() == 1
                    ? messages.get(0).text()
                    : messages.stream().map(Unsent::text).collect(Collectors.joining(FrameLimits.BATCH_SEPARATOR));
        }
    }

    private final Bounds bounds;
    private final SendBudget budget;
    private final Queue<Unsent> waiting = new ArrayDeque<>();
    private long bytes; // of the frame under way and of all that wait
    private boolean isAwaited; // a caller was told that there is no room

    Backlog(Bounds bounds, SendBudget budget) {
        this.bounds = bounds;
        this.budget = budget;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Of all that waits, and of the frame under way. */
    long bytes() {
        return bytes;
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
     * Whether there is room, and a caller waits for it: half of what {@link #hasRoom} allows, lest a reader be fed by the
     * frame.
     */
    boolean hasRoomAgain() {
        boolean isNews = isAwaited && bytes <= bounds.unsent() / 8;
        isAwaited &= !isNews;
        return isNews;
    }

    /** Takes {@code message}; false, and nothing is taken, if it would pass the bound. */
    boolean add(Unsent message) {
        if (bytes > 0 && bytes + message.bytes() > bounds.unsent()) {
            return false;
        }
        bytes += message.bytes();
        budget.hold(message);
        return waiting.add(message);
    }

    /** The most that the next frame may have, in bytes; 0 if nothing waits. */
    int nextBytes() {
        Unsent first = waiting.peek();
        return first == null ? 0 : waiting.size() == 1 ? first.bytes() : Math.max(first.bytes(), bounds.batch());
    }

    /** What waits, as far as it may go in one frame; null if nothing does. */
    @Nullable
    Frame next() {
        List<Unsent> messages = new ArrayList<>(1);
        int length = 0;
        int room = bounds.batch();
        while (!waiting.isEmpty() && (messages.isEmpty() || waiting.element().bytes() <= room)) {
            Unsent message = waiting.remove();
            budget.free(message);
            messages.add(message);
            length += message.bytes();
            room -= message.bytes() + FrameLimits.BATCH_SEPARATOR.length();
        }
        return messages.isEmpty() ? null : new Frame(messages, length);
    }

    /** {@code frame} has landed. */
    void sent(Frame frame) {
        bytes -= frame.bytes();
    }

    /** Forgets what waits. */
    void clear() {
        waiting.forEach(budget::free);
        waiting.clear();
    }
}
