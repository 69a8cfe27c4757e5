package tokenly.session;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Port: where the model writes what it is about to make visible. Asynchronous, because a store may be across a network.
 * Each room waits for an append before it makes the next one; appends of different rooms may run at the same time.
 */
public interface Store {

    /**
     * What is left of an earlier run of the server: called once, before anything else.
     *
     * @param mailboxBytes the most that all mailboxes together may take, by the measure of {@link MailboxCost}; if they
     *     take more, whole mailboxes are shed, the largest first, until the others take at most three quarters
     * @return completes with all sessions that exist; exceptionally, with a message for the operator, if what is there
     *     cannot be read
     */
    CompletionStage<Recovered> recover(long mailboxBytes);

    /** The same without a bound. */
    default CompletionStage<Recovered> recover() {
        return recover(Long.MAX_VALUE);
    }

    /** Where the records of {@code room} go. */
    default Store of(RoomId room) {
        return this;
    }

    /** Whether the rooms of {@code shard} belong to this server. */
    default boolean has(int shard) {
        return true;
    }

    /**
     * Writes one record, whole or not at all.
     *
     * @param changes in the order in which they happened, all in one room
     * @return completes when the record is written; exceptionally if it was not and never will be, with {@link LostException} if another
     *     server has the room by now
     */
    CompletionStage<@Nullable Void> append(List<Change> changes);

    /** What was not written because another server has the room by now; there it may have been, before. */
    final class LostException extends IOException {

        private static final long serialVersionUID = 1;

        public LostException(String message) {
            super(message);
        }
    }

    /**
     * What happened to one session. All changes of a session since {@link Created}, one after the other, are what it is.
     */
    sealed interface Change {

        SessionId session();

        /** The session exists; {@code credentials} is null for a plain one. */
        record Created(
                SessionId session,
                RoomId room,
                Epoch epoch,
                @Nullable Credentials credentials,
                Role role) implements Change {}

        /** The session was resumed, or its create repeated. */
        record Resumed(SessionId session, Credentials credentials) implements Change {}

        /** The session begins {@code epoch}: none of its own signals is taken, its mailbox is empty and numbered from 1. */
        record Restarted(SessionId session, Epoch epoch, Credentials credentials) implements Change {}

        /** The session's own signals up to {@code seq} are taken. */
        record Taken(SessionId session, long seq) implements Change {}

        /** {@code message} is {@code seq} in the session's mailbox. */
        record Appended(SessionId session, long seq, Message message) implements Change {}

        /** The session has processed its mailbox up to {@code ackedSeq}. */
        record Trimmed(SessionId session, long ackedSeq) implements Change {}

        /** The session's mailbox passed its bounds: it is empty, and takes nothing until {@link Restarted}. */
        record Overflowed(SessionId session) implements Change {}

        /** The session exists no more. */
        record Ended(SessionId session, EndReason reason) implements Change {}
    }

    /**
     * What a store has kept.
     *
     * @param sessions in no particular order
     * @param isComplete whether it still has all that it ever said was written; false after a stop of the host, whose
     *     memory may have held the end, and if what is shed is too much to name. Then no epoch may go on, and it is false again, however the server stops, until
     *     each of {@code sessions} that has credentials also has a {@link Change.Restarted} or {@link Change.Ended} that is
     *     written.
     * @param shed what is lost of each session whose mailbox did not fit; empty if all did, or if to name it
     *     to its senders would take more than a quarter of what mailboxes may take. Such a session is among
     *     {@code sessions} without messages, and is shed again, however the server stops, until its {@link
     *     Change.Overflowed}, {@link Change.Restarted} or {@link Change.Ended} is written. Until then nothing may be
     *     appended to its mailbox.
     */
    record Recovered(List<Image> sessions, boolean isComplete, Map<SessionId, List<Loss>> shed) {

        /** Of a store that keeps nothing. */
        public static final Recovered NOTHING = new Recovered(List.of(), true);

        /** With nothing shed. */
        public Recovered(List<Image> sessions, boolean isComplete) {
            this(sessions, isComplete, Map.of());
        }
    }

    /**
     * Signals that a mailbox has lost.
     *
     * @param from whose signals they were
     * @param epoch of {@code from}, in which they have their numbers
     * @param seqs their numbers, ascending
     */
    record Loss(SessionId from, Epoch epoch, List<Long> seqs) {}

    /**
     * One session as its changes have left it.
     *
     * @param credentials null for a plain session
     * @param acceptedSeq the highest number of its own signals that is taken
     * @param ackedSeq the highest number of its mailbox that it has processed
     * @param messages of its mailbox, numbered {@code ackedSeq} + 1 and up; empty if it has overflowed
     */
    record Image(
            SessionId session,
            RoomId room,
            Epoch epoch,
            @Nullable Credentials credentials,
            Role role,
            long acceptedSeq,
            long ackedSeq,
            List<Message> messages,
            boolean hasOverflowed) {}
}
