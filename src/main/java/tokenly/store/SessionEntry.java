package tokenly.store;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tokenly.session.Credentials;
import tokenly.session.Epoch;
import tokenly.session.MailboxCost;
import tokenly.session.Message;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/**
 * What the log says of one session: what it is, but for its messages, and where each part that is still needed stands. It is
 * provisional while the record that says in which room it is has not been seen. Belongs to the thread that has the write
 * permit.
 */
final class SessionEntry {

    private final SessionId id;
    private @Nullable RoomId room; // null while provisional
    private @Nullable Epoch epoch; // null while provisional and never restarted
    private @Nullable Credentials credentials;
    private Role role = Role.OPEN;
    private long acceptedSeq;
    private long ackedSeq;
    private boolean overflowed;
    private boolean suspect;
    private @Nullable RecordLocation base; // of the last record that says all; null while provisional
    private final OffsetTable table = new OffsetTable();

    SessionEntry(SessionId id) {
        this.id = id;
    }

    SessionId id() {
        return id;
    }

    boolean isProvisional() {
        return room == null;
    }

    /** Whether the log may have lost something of it, so that its epoch must not go on; that of a plain session never does. */
    boolean isSuspect() {
        return suspect && credentials != null;
    }

    boolean isResumable() {
        return credentials != null;
    }

    void suspect() {
        suspect = true;
    }

    /** It begins; what bore its id before is gone. */
    void create(Change.Created created, RecordLocation location, Consumer<RecordLocation> freed) {
        room = created.room();
        role = created.role();
        restart(created.epoch(), created.credentials(), freed);
        rest(location, freed);
    }

    /** Once more all that it is; its messages stay. */
    void renew(Entry.Snapshot snapshot, RecordLocation location, Consumer<RecordLocation> freed) {
        Image identity = snapshot.identity();
        room = identity.room();
        epoch = identity.epoch();
        credentials = identity.credentials();
        role = identity.role();
        acceptedSeq = identity.acceptedSeq();
        ackedSeq = identity.ackedSeq();
        overflowed = identity.hasOverflowed();
        suspect = snapshot.isSuspect();
        table.trim(overflowed ? Long.MAX_VALUE : ackedSeq, freed);
        rest(location, freed);
    }

    private void rest(RecordLocation location, Consumer<RecordLocation> freed) {
        if (base != null) {
            freed.accept(base);
        }
        base = location;
    }

    /** What happens to it between its beginning and its end; where an {@code Appended} stands is {@code location}. */
    void change(Change change, RecordLocation location, Consumer<RecordLocation> freed) {
        if (change instanceof Change.Appended appended) {
            table.put(appended.seq(), location, freed);
        } else if (change instanceof Change.Taken taken) {
            acceptedSeq = taken.seq();
        } else if (change instanceof Change.Trimmed done) {
            ackedSeq = Math.max(ackedSeq, done.ackedSeq());
            table.trim(ackedSeq, freed);
        } else if (change instanceof Change.Resumed resumed) {
            credentials = resumed.credentials();
        } else if (change instanceof Change.Restarted restarted) {
            restart(restarted.epoch(), restarted.credentials(), freed);
        } else if (change instanceof Change.Overflowed) {
            overflowed = true;
            table.trim(Long.MAX_VALUE, freed);
        } else {
            throw new IllegalArgumentException("no entry follows " + change.getClass());
        }
    }

    /** Forgets where its messages stand, but not how much of each segment that is. */
    void abandonMessages() {
        table.abandon();
    }

    /** Whether its messages are abandoned: they can neither be read nor cleaned up until it is done with all of them. */
    boolean hasAbandoned() {
        return table.isAbandoned();
    }

    private void restart(Epoch begun, @Nullable Credentials shown, Consumer<RecordLocation> freed) {
        epoch = begun;
        credentials = shown;
        acceptedSeq = 0;
        ackedSeq = 0;
        overflowed = false;
        suspect = false;
        table.trim(Long.MAX_VALUE, freed);
    }

    /** It ends: nothing of it is needed any more. */
    void end(Consumer<RecordLocation> freed) {
        table.trim(Long.MAX_VALUE, freed);
        if (base != null) {
            freed.accept(base);
            base = null;
        }
    }

    /** Whether its base stands at just that location. */
    boolean restsOn(RecordLocation location) {
        return base != null && base.segment() == location.segment() && base.offset() == location.offset();
    }

    /** Whether its message {@code seq} stands at just that location. */
    boolean holds(long seq, RecordLocation location) {
        return table.holds(seq, location);
    }

    /** Whether its message {@code seq} stands anywhere. */
    boolean has(long seq) {
        return table.has(seq);
    }

    long ackedSeq() {
        return ackedSeq;
    }

    /** How many messages of its mailbox follow each other without a gap. */
    int run() {
        return table.run(ackedSeq + 1);
    }

    /** How many messages it has, with or without gaps, but for those that are abandoned. */
    int held() {
        return table.held();
    }

    /** How many messages are abandoned. */
    long abandoned() {
        return table.isAbandoned() ? table.lastAbandoned() - ackedSeq : 0;
    }

    /** About what its mailbox takes in memory, without what is abandoned. */
    long weight() {
        return (long) MailboxCost.ENTRY_BYTES * table.held() + table.bytes();
    }

    /** {@code same} as the object that is kept anyway, if this one has an equal one. */
    Epoch shared(Epoch same) {
        return epoch != null && epoch.equals(same) ? epoch : same;
    }

    /** All that it is, with {@code messages}; empty while it is provisional. */
    Optional<Image> image(List<Message> messages) {
        return room == null || epoch == null
                ? Optional.empty()
                : Optional.of(
                        new Image(id, room, epoch, credentials, role, acceptedSeq, ackedSeq, messages, overflowed));
    }
}
