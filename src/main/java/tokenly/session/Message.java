package tokenly.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session is told of its room: signals and membership, in one order. In a mailbox each has a number. */
public sealed interface Message {

    /** Its share of a mailbox, in bytes: about what it holds on the heap. */
    default long size() {
        return OVERHEAD_BYTES;
    }

    /** Of a message without its text: its objects, and what counts it in the mailboxes of its room. */
    long OVERHEAD_BYTES = 150;

    /** {@code from} sent {@code signal}, which is {@code source} in its own numbering. */
    record Signalled(SessionId from, Source source, Signal signal) implements Message {

        @Override
        public long size() {
            return OVERHEAD_BYTES + signal.opaqueBytes();
        }
    }

    /** Who is in the room, and who is not there just now. */
    sealed interface OfPresence extends Message {

        SessionId peer();
    }

    /** {@code peer} is new in the room. */
    record PeerJoined(SessionId peer, Incarnation incarnation) implements OfPresence {}

    /** {@code peer} lost its connection; its place is held. */
    record PeerAway(SessionId peer, Incarnation incarnation) implements OfPresence {}

    /** {@code peer} is on a connection again. */
    record PeerBack(SessionId peer, Incarnation incarnation) implements OfPresence {}

    /** {@code peer} has lost what it knew, and begins anew. */
    record PeerRestarted(SessionId peer, Incarnation incarnation, ResetReason reason) implements OfPresence {}

    /** {@code peer} is no longer in the room. */
    record PeerLeft(SessionId peer, EndReason reason) implements OfPresence {}

    /**
     * The session's own signals {@code seqs} do not reach {@code to}, neither now nor later.
     *
     * @param to null where they were for all others, and reach none of them
     */
    record Undeliverable(@Nullable SessionId to, List<Long> seqs, UndeliverableReason reason) implements Message {

        @Override
        public long size() {
            int idLength = to == null ? 0 : to.value().length();
            return OVERHEAD_BYTES + (long) Long.BYTES * seqs.size() + idLength;
        }
    }

    /** Why a signal cannot be delivered. */
    enum UndeliverableReason {
        /** The room has no other session of that id. */
        UNKNOWN_PEER,
        /** The addressee is a plain one that waits for its connection, and keeps nothing meanwhile. */
        AWAY,
        /** The addressee's mailbox has passed its bounds. */
        OVERFLOW,
        /** What the sender has sent, and was not read yet, takes all that it may. */
        QUOTA,
        /** The addressee began a new epoch before it had acknowledged the signal. */
        RESTARTED,
        /** The addressee left before it had acknowledged the signal. */
        LEFT,
        /** The id has another owner than the one that the signal was meant for. */
        REPLACED,
        /** The sender's token does not allow such a signal. */
        NOT_ALLOWED
    }
}
