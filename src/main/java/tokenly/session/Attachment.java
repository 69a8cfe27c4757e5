package tokenly.session;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session's hold by one connection: a cursor over its mailbox. Belongs to the executor of the session's room. {@link
 * Hold#isBy} is the fence: it knows only the current one.
 */
final class Attachment {

    private static final int FRAME_BYTES = 4 << 10;

    final ConnectionSessions holder;
    private boolean owesList;
    private long cursor; // highest number of the mailbox that the connection was given

    /**
     * @param received highest number of the mailbox that the far side has already
     */
    Attachment(ConnectionSessions holder, long received) {
        this.holder = holder;
        this.cursor = received;
    }

    long cursor() {
        return cursor;
    }

    /** The mailbox begins anew, and the next attachment with it. */
    void restart() {
        cursor = 0;
    }

    /** Answers {@code resume} of {@code session}; with a list of all others {@link #pump} does, before it sends anything else. */
    void answerResume(Session session, boolean needsList) {
        owesList = needsList;
        if (!needsList) {
            tellResumed(session, null);
        }
    }

    private void tellResumed(Session session, @Nullable List<RoomPeer> peers) {
        long last = session.mailbox().last();
        holder.connection.send(
                new ServerEvent.Resumed(session.id, session.epoch(), session.acceptedSeq(), last, peers));
    }

    /** Whether the answer is due: nothing goes before it, and what it says need not be said. */
    boolean owesList() {
        return owesList;
    }

    /** Gives the connection what the mailbox of {@code session} has for it, as far as it has room. */
    void pump(Session session) {
        Mailbox mailbox = session.mailbox();
        if (owesList) {
            if (!holder.connection.hasRoom() && holder.waitForRoom(session)) {
                return;
            }
            owesList = false;
            tellResumed(session, session.room.peers(session));
        }
        while (cursor < mailbox.last()) {
            if (!holder.connection.hasRoom() && holder.waitForRoom(session)) {
                return;
            }
            holder.connection.send(take(session.id, mailbox));
        }
    }

    /** The next few messages: so much at least as one frame may hold, and as little more as can be. */
    private List<ServerEvent.Delivery> take(SessionId session, Mailbox mailbox) {
        List<ServerEvent.Delivery> deliveries = new ArrayList<>();
        long bytes = 0;
        while (cursor < mailbox.last() && bytes < FRAME_BYTES) {
            cursor++;
            Message message = mailbox.message(cursor);
            bytes += message.size();
            deliveries.add(new ServerEvent.Delivery(session, cursor, message));
        }
        return deliveries;
    }
}
