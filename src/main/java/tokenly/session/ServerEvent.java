package tokenly.session;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/** What the model tells a connection, about one of its sessions. {@code wire} makes a frame of it. */
public sealed interface ServerEvent {

    /** The session concerned; the connection may hold many. */
    SessionId session();

    /**
     * {@code create-peer} succeeded.
     *
     * @param peers the others in the room, in the order they came
     * @param epoch null for a plain session
     * @param last number of the message of the mailbox after which {@code peers} are there; 0 if they are before the first one
     */
    record Created(
            SessionId session,
            RoomId room,
            List<RoomPeer> peers,
            @Nullable Epoch epoch,
            long last) implements ServerEvent {}

    /**
     * {@code create-peer} failed and changed nothing.
     *
     * @param retryAfter when the same may succeed; null if that is not known
     */
    record CreateRefused(
            SessionId session, ErrorCode code, @Nullable Duration retryAfter) implements ServerEvent {

        public CreateRefused(SessionId session, ErrorCode code) {
            this(session, code, null);
        }
    }

    /** {@code destroy-peer} succeeded. */
    record Destroyed(SessionId session) implements ServerEvent {}

    /**
     * A message of the session.
     *
     * @param seq its number in the mailbox; {@link #UNNUMBERED} for a plain session
     */
    record Delivery(SessionId session, long seq, Message message) implements ServerEvent {}

    /** The {@link Delivery#seq} of what stands in no mailbox. */
    long UNNUMBERED = 0;

    /**
     * The session is resumed, and has lost nothing.
     *
     * @param acceptedSeq the highest number of the client that is written
     * @param last the highest number in the mailbox
     * @param peers the others in the room, if the server does not know what the session has missed of their coming and going; else null
     */
    record Resumed(
            SessionId session,
            Epoch epoch,
            long acceptedSeq,
            long last,
            @Nullable List<RoomPeer> peers) implements ServerEvent {}

    /**
     * The session has its place in the room, and begins {@code epoch} with nothing.
     *
     * @param acceptedSeq the highest number of the client, in the epoch that it names, that was written; null if the server
     *     does not know that epoch
     */
    record Reset(
            SessionId session,
            ResetReason reason,
            Epoch epoch,
            List<RoomPeer> peers,
            @Nullable Long acceptedSeq) implements ServerEvent {}

    /** There is no such session to resume, or it has another key. */
    record Gone(SessionId session) implements ServerEvent {}

    /** The room in which the session was to be created belongs to another server, which no client is told. */
    record Elsewhere(SessionId session) implements ServerEvent {}

    /** Another instance has the session now, or another client of its owner. */
    record TakenOver(SessionId session) implements ServerEvent {}

    /**
     * A frame of the session was refused and changed nothing.
     *
     * @param acceptedSeq the highest number of the client that is written; null where it is not known or means nothing
     */
    record Rejected(
            SessionId session, ErrorCode code, @Nullable Long acceptedSeq) implements ServerEvent {}
}
