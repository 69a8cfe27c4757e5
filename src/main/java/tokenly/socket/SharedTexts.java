package tokenly.socket;

import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import tokenly.session.Message;

/** Counts what messages that wait in outboxes hold of the heap: the text of a broadcast once for all its readers. Thread-safe. */
final class SharedTexts {

    /** Of the message's place in the queue and what it needs beyond its text. */
    static final long ITEM_BYTES = 64;

    /** A message up to that size counts in full for each reader: to know its other readers would cost as much. */
    private static final int SMALL_BYTES = 512;

    private final ConcurrentMap<Identity, Integer> readers = new ConcurrentHashMap<>(); // of each large message

    /** This very message, not one that is equal. */
    private static final class Identity {

        private final Message message;

        Identity(Message message) {
            this.message = message;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Identity identity && identity.message == message;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(message);
        }
    }

    /** {@code unsent} waits: the bytes that are held because of it. */
    long hold(Unsent unsent) {
        if (unsent instanceof Unsent.Shared shared && isLarge(shared)) {
            Message message = shared.delivery().message();
            boolean isFirst = Objects.equals(readers.merge(new Identity(message), 1, Integer::sum), 1);
            return ITEM_BYTES + (isFirst ? message.size() : 0);
        }
        return ITEM_BYTES + unsent.bytes();
    }

    /** {@code unsent} waits no more: the bytes that are held no more. */
    long free(Unsent unsent) {
        if (unsent instanceof Unsent.Shared shared && isLarge(shared)) {
            Message message = shared.delivery().message();
            boolean wasLast =
                    readers.computeIfPresent(new Identity(message), (same, count) -> count == 1 ? null : count - 1)
                            == null;
            return ITEM_BYTES + (wasLast ? message.size() : 0);
        }
        return ITEM_BYTES + unsent.bytes();
    }

    private static boolean isLarge(Unsent.Shared shared) {
        return shared.delivery().message().size() > SMALL_BYTES;
    }

    boolean isEmpty() {
        return readers.isEmpty();
    }
}
