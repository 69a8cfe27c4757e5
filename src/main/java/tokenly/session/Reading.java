package tokenly.session;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/** What follows when a client has read of its mailbox. To be called on the executor of the session's room. */
final class Reading {

    /** A client says on {@code connection} that it has processed its mailbox up to {@code received}. */
    record Ack(Connection connection, long received) {}

    private Reading() {}

    /** Forgets what {@code session} has processed; what it has missed meanwhile follows. */
    static CompletionStage<?> acknowledge(Session session, @Nullable Ack ack) {
        if (ack == null || !session.hold.isBy(ack.connection())) {
            return RoomExecutor.DONE;
        }
        long before = session.mailbox().ackedSeq();
        if (!session.acknowledge(ack.received())) {
            session.tell(new ServerEvent.Rejected(session.id, ErrorCode.BAD_ACK, null));
            return RoomExecutor.DONE;
        }
        session.presence.hasList();
        if (session.mailbox().ackedSeq() > before) {
            session.room.log.deferTrim(session);
        }
        return catchUp(session);
    }

    /** Tells {@code session} what it has missed, if it has read all that it was told of presence. */
    static CompletionStage<?> catchUp(Session session) {
        boolean isDue = session.isConnected()
                && session.presence.isBehind()
                && session.mailbox().news() == 0;
        if (!isDue) {
            return RoomExecutor.DONE;
        }
        if (session.presence.isTooMuch()) { // the answer to a resume has room for a list
            session.hold.holder().ifPresent(holder -> holder.connection.close(CloseReason.TOO_SLOW));
            return RoomExecutor.DONE;
        }
        Transaction transaction = session.room.log.begin();
        if (!session.presence.mayBeTold(transaction)) { // until there is memory, with a later acknowledgement
            return RoomExecutor.DONE;
        }
        session.presence.postMissed(transaction);
        return session.room.log.write(
                transaction,
                () -> session.room.log.defer(later -> {
                    if (session.isConnected() && session.presence.isBehind()) {
                        session.presence.postMissed(later);
                    }
                }));
    }
}
