package tokenly.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages of one session that it has not acknowledged, numbered 1, 2, 3, ... in one epoch. Belongs to the lane of the
 * session's room.
 */
final class Mailbox {

    private final List<Message> kept = new ArrayList<>(0); // numbers trimmed + 1 to last()
    private long trimmed;
    private long bytes;
    private boolean overflowed;

    Mailbox() {}

    /** As an earlier run of the server has left it. */
    Mailbox(Store.Image image) {
        trimmed = image.trimmed();
        image.messages().forEach(this::append);
        overflowed = image.hasOverflowed();
    }

    /** The highest number so far, 0 before the first. */
    long last() {
        return trimmed + kept.size();
    }

    /** The highest number that is acknowledged, 0 before the first. */
    long trimmed() {
        return trimmed;
    }

    int size() {
        return kept.size();
    }

    long bytes() {
        return bytes;
    }

    /** Adds {@code message} under the next number. */
    void append(Message message) {
        kept.add(message);
        bytes += message.size();
    }

    /** @param seq above {@link #trimmed} and at most {@link #last} */
    Message message(long seq) {
        return kept.get((int) (seq - trimmed - 1));
    }

    /** All that is kept, in order; a view. */
    List<Message> messages() {
        return kept;
    }

    /** Forgets all up to {@code received}, which is at most {@link #last}; nothing once it has overflowed. */
    void trim(long received) {
        if (received > trimmed && !overflowed) {
            List<Message> done = kept.subList(0, (int) (received - trimmed));
            bytes -= done.stream().mapToLong(Message::size).sum();
            done.clear();
            trimmed = received;
        }
    }

    /** True once it has passed its bounds: it holds nothing, and its numbers mean nothing any more. */
    boolean hasOverflowed() {
        return overflowed;
    }

    void overflow() {
        kept.clear();
        bytes = 0;
        overflowed = true;
    }
}
