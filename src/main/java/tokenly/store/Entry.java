package tokenly.store;

import java.util.List;
import tokenly.session.Store;

/**
 * What one record of the log says.
 *
 * @param snapshots of sessions whose first record is about to be deleted
 * @param changes in the order in which they happened
 */
record Entry(List<Snapshot> snapshots, List<Store.Change> changes) {

    /** The last record of a log that was closed in peace. */
    static final Entry CLOSED = new Entry(List.of(), List.of());

    static Entry of(List<Store.Change> changes) {
        return new Entry(List.of(), changes);
    }

    /**
     * All that a session is, but for its messages.
     *
     * @param identity without messages
     * @param isSuspect see {@link SessionEntry#isSuspect}
     */
    record Snapshot(Store.Image identity, boolean isSuspect) {}

    boolean isClosing() {
        return snapshots.isEmpty() && changes.isEmpty();
    }

    /** How many things it says. */
    int size() {
        return snapshots.size() + changes.size();
    }
}
