package tokenly.session;

import java.util.concurrent.CompletionStage;
import tokenly.protocol.ErrorCode;

/** What follows when a client has read of its mailbox. To be called on the executor of the session's room. */
final class Reading {

    private Reading() {}

    /** {@code session} has processed its mailbox up to {@code received}: that is forgotten, and what it has missed meanwhile follows. */
    static CompletionStage<?> acknowledge(Session session, long received) {
        session.presence.hasList();
        long before = session.mailbox().ackedSeq();
        if (!session.acknowledge(received)) {
            session.tell(new ServerEvent.Rejected(session.id, ErrorCode.BAD_ACK, null));
        } else if (session.mailbox().ackedSeq() > before) {
            session.room.log.deferTrim(session);
        }
        return session.presence.isBehind() && session.mailbox().news() == 0 ? catchUp(session) : RoomExecutor.DONE;
    }

    /** If it cannot be written, the next acknowledgement tries again. */
    private static CompletionStage<?> catchUp(Session session) {
        Transaction transaction = session.room.log.begin();
        session.presence.postMissed(transaction);
        return session.room.log.write(transaction, () -> {});
    }
}
