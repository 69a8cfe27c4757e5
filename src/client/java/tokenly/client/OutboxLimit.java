package tokenly.client;

/** How much one session may have unacknowledged, from the call of {@link Peer#send} on. Thread-safe. */
final class OutboxLimit {

    private int messages; // guarded by this, like bytes
    private long bytes;

    OutboxLimit(ClientOptions options) {
        messages = options.outboxMessages();
        bytes = options.outboxBytes();
    }

    /** Takes room for one message of that size; returns false, and takes nothing, if there is not enough. */
    synchronized boolean take(int size) {
        if (messages == 0 || bytes < size) {
            return false;
        }
        messages--;
        bytes -= size;
        return true;
    }

    /** Gives back what was taken for one message. */
    synchronized void give(int size) {
        messages++;
        bytes += size;
    }
}
