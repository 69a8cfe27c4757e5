package tokenly.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has one session: the {@link Attachment} of now, how many there were, and how much of the mailbox those before were given. Belongs
 * to the executor of the session's room.
 */
final class Hold {

    private @Nullable Attachment attachment; // null while no connection has the session
    private long attachments;
    private long maxSent; // highest number of the mailbox that any connection was given before the current one

    /** {@code holder} has a fresh session. */
    Hold(ConnectionSessions holder) {
        this.attachment = new Attachment(holder, 0);
        this.attachments = 1;
    }

    /** Of an earlier run of the server, which may have sent the mailbox up to {@code maxSent}: no connection has the session yet. */
    Hold(long maxSent) {
        this.maxSent = maxSent;
    }

    /** The fence: false for every connection but the one of the current attachment, and for all while there is none. */
    boolean isBy(Connection connection) {
        return attachment != null && attachment.holder.connection == connection;
    }

    /** Who has the session now. */
    Optional<ConnectionSessions> holder() {
        return Optional.ofNullable(attachment).map(held -> held.holder);
    }

    /** Number of the current attachment, or of the last one; 0 if no connection has had the session since the server started. */
    long attachments() {
        return attachments;
    }

    /** Whether the current attachment is by a connection that was opened after that of {@code other}. */
    boolean isNewerThan(ConnectionSessions other) {
        return attachment != null && attachment.holder.order > other.order;
    }

    /** The highest number of the mailbox that the client can have: nothing above it was ever given to a connection. */
    long maxSent() {
        return attachment == null ? maxSent : Math.max(maxSent, attachment.cursor());
    }

    /** The highest number of {@code mailbox} that the connection was given; all of them where there is none. */
    long sent(Mailbox mailbox) {
        return attachment == null ? mailbox.last() : attachment.cursor();
    }

    /** Whether {@code received} may be acknowledged: the connection was given it. */
    boolean hasSent(long received) {
        return attachment != null && received <= attachment.cursor();
    }

    /** {@code next} has {@code session} from now on, and its former holder no more; the far side has the mailbox up to {@code received}. */
    void pass(Session session, ConnectionSessions next, long received) {
        maxSent = maxSent();
        if (attachment != null && attachment.holder != next) {
            attachment.holder.remove(session);
        }
        attachment = new Attachment(next, received);
        attachments++;
    }

    /** The mailbox begins anew. */
    void restart() {
        maxSent = 0;
        if (attachment != null) {
            attachment.restart();
        }
    }

    /** No connection has {@code session} any more. */
    void release(Session session) {
        maxSent = maxSent();
        if (attachment != null) {
            attachment.holder.remove(session);
        }
        attachment = null;
    }

    /** Answers {@code resume}; an answer with a list of all others, which may be long, waits until the connection has room. */
    void answerResume(Session session, boolean needsList) {
        if (attachment != null) {
            attachment.answerResume(session, needsList);
        }
    }

    /** Whether the client has the answer by which the session was attached. */
    boolean isAnswered() {
        return attachment == null || !attachment.owesList();
    }

    /** Sends on what the mailbox has for the connection, if there is one and it has room. */
    void pump(Session session) {
        if (attachment != null) {
            attachment.pump(session);
        }
    }
}
