package tokenly.client;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import tokenly.client.json.JsonObject;

/**
 * What one session sends and receives, and the epoch in which the numbers of both directions mean anything. Belongs to the client's
 * thread.
 */
final class Exchange {

    /** No server draws such an epoch: a {@code resume} with it is always answered by a new one. */
    private static final String NO_EPOCH = "-";

    private final String session;
    private final PeerListener listener;
    private final Outbox outbox = new Outbox();
    private final Inbox inbox;

    private String epoch; // empty before the first
    private String writtenOff = ""; // why, from then until the new epoch begins; else empty
    private long ackedOnConnection; // the highest number that an ack has named on this connection

    Exchange(PeerRequest request) {
        Credentials taken = request.taken();
        this.session = request.sessionId();
        this.listener = request.listener();
        this.inbox = new Inbox(session, listener);
        this.epoch = taken == null ? "" : taken.epoch();
        inbox.restart(taken == null ? 0 : taken.received());
    }

    /** Credentials with the epoch and the numbers of this moment. */
    Credentials credentials(String room, String resumeKey) {
        return new Credentials(session, room, resumeKey, epoch, inbox.received(), outbox.numbered(), outbox.acked());
    }

    /** The highest mailbox number that was processed, 0 for none. */
    long received() {
        return inbox.received();
    }

    /** Who is in the room. */
    Presence presence() {
        return inbox.presence();
    }

    /** Whether the server has acknowledged all signals. */
    boolean isAllAcked() {
        return outbox.isEmpty();
    }

    /** Numbers a signal and keeps it; returns false, and does nothing, if its frame has more than {@code limit} bytes. */
    boolean add(Frames.Draft draft, CompletableFuture<Receipt> receipt, int limit) {
        long seq = outbox.next();
        if (draft.bytes() + Long.toString(seq).length() > limit) {
            return false;
        }
        outbox.add(draft, receipt);
        return true;
    }

    /** The next frame to send; empty if none is due, or too many are under way. */
    Optional<String> poll() {
        return outbox.poll();
    }

    /** All signals that are not acknowledged are due again. */
    void rewind() {
        outbox.rewind();
    }

    /**
     * Processes a message of the mailbox.
     *
     * @throws ServerFault if one before it is missing, or it is malformed
     */
    void take(String type, JsonObject message) {
        inbox.take(type, message);
    }

    /** The connection is lost. */
    void lost() {
        ackedOnConnection = 0;
    }

    /**
     * Whether an {@code ack} takes back what another has acknowledged on this connection. Other frames that name a number do not count: an
     * {@code ack} is collected, and may be older.
     */
    boolean isTakenBack(long received) {
        boolean isLess = received < ackedOnConnection;
        ackedOnConnection = received;
        return isLess;
    }

    /** The server has all signals up to {@code received}; returns whether that is news. */
    boolean acknowledge(long received) {
        boolean isNews = received > outbox.acked();
        outbox.acknowledge(epoch, received);
        return isNews;
    }

    /** Whether the server has fewer signals, or fewer messages for us, than it had acknowledged or delivered. */
    boolean isBehind(long received, long last) {
        return isBehind(received) || last < inbox.received();
    }

    /** The same for signals alone. */
    boolean isBehind(long received) {
        return received < outbox.acked();
    }

    /** The epoch goes on: the server has all signals up to {@code received}, and messages up to {@code last} in the mailbox. */
    void goOn(long received, long last) {
        int resent = outbox.goOn(epoch, received);
        SafeCall.call(session, () -> listener.resumed(received, last, resent));
    }

    /** Whether the epoch is over, and the new one has not begun. */
    boolean isWrittenOff() {
        return !writtenOff.isEmpty();
    }

    /**
     * The epoch is over: signals without an acknowledgement fail with {@code failure}. What is added from now on is of the next epoch. Does
     * nothing if the epoch was over already.
     *
     * @param received the highest number of a signal that the server has, if it is known: what it acknowledged beyond that is lost
     */
    void writeOff(String reason, OptionalLong received, TokenlyException failure) {
        if (isWrittenOff()) {
            return;
        }
        writtenOff = reason;
        ackedOnConnection = 0;
        long acked = outbox.acked();
        long kept = received.orElse(acked);
        if (kept < acked) {
            String old = epoch;
            SafeCall.call(session, () -> listener.lost(old, kept + 1, acked));
        }
        outbox.restart(failure);
        inbox.restart(0);
    }

    /** Signals without an acknowledgement fail with {@code failure} and are never sent again; the epoch may go on. */
    void abandon(TokenlyException failure) {
        outbox.abandon(failure);
    }

    /** Makes the next {@code resume} ask for a new epoch. */
    void requestNewEpoch() {
        epoch = NO_EPOCH;
    }

    /** The server has forgotten the session, with all that is in its room. */
    void forgotten() {
        inbox.forget();
    }

    /** The first epoch begins in a room with those of {@code room}. */
    void startEpoch(String first, Snapshot room) {
        start(first, room, () -> listener.created(room.peers()));
    }

    /** A new epoch begins after one that was written off. */
    void startNextEpoch(String next, Snapshot room) {
        String reason = writtenOff;
        start(next, room, () -> listener.reset(reason, room.peers()));
    }

    private void start(String next, Snapshot room, Runnable call) {
        epoch = next;
        writtenOff = "";
        inbox.restart(room);
        SafeCall.call(session, call);
        inbox.presence().tellAway(room);
    }

    /** The session has ended: all signals without an acknowledgement fail with {@code failure}. */
    void end(TokenlyException failure) {
        outbox.restart(failure);
    }
}
