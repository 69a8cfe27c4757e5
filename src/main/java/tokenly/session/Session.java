package tokenly.session;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One peer in one room, which survives its connections. Everything but the final fields belongs to the lane of its
 * room: read and written there only.
 */
final class Session {

    final SessionId id;
    final Room room;

    private SessionState state = SessionState.CONNECTED;
    private Attachment attachment;
    private ReconnectModel.@Nullable Wait wait; // not null exactly while WAITING
    private Timer.@Nullable Task expiry; // not null exactly while WAITING
    private boolean contested;

    Session(SessionId id, Room room, Holder holder) {
        this.id = id;
        this.room = room;
        this.attachment = new Attachment(holder, 1);
    }

    boolean isConnected() {
        return state == SessionState.CONNECTED;
    }

    boolean isWaiting() {
        return state == SessionState.WAITING;
    }

    boolean hasEnded() {
        return state == SessionState.ENDED;
    }

    /** The fence: false for every connection but the one of the current attachment, and for all while it waits. */
    boolean isHeldBy(Connection connection) {
        return isConnected() && attachment.holder().connection == connection;
    }

    /** The current attachment, or the last one if none holds the session now. */
    Attachment attachment() {
        return attachment;
    }

    /** Hands the session to {@code holder}; whoever held it before holds it no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> attach(Holder holder) {
        state = state.after(SessionState.Event.ATTACHED);
        attachment.holder().remove(this);
        attachment = new Attachment(holder, attachment.number() + 1);
        return endWait();
    }

    /** Its connection is gone. {@code expiry} is the task that ends the session if nobody comes back. */
    void lose(ReconnectModel.Wait wait, Timer.Task expiry) {
        state = state.after(SessionState.Event.LOST);
        attachment.holder().remove(this);
        this.wait = wait;
        this.expiry = expiry;
    }

    /** It exists no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> end() {
        state = state.after(SessionState.Event.ENDED);
        attachment.holder().remove(this);
        return endWait();
    }

    private Optional<ReconnectModel.Wait> endWait() {
        Optional<ReconnectModel.Wait> over = Optional.ofNullable(wait);
        if (expiry != null) {
            expiry.cancel();
        }
        wait = null;
        expiry = null;
        return over;
    }

    /** Notes that the holder is being probed because somebody else wants the session; false if it already is. */
    boolean contest() {
        if (contested) {
            return false;
        }
        contested = true;
        return true;
    }

    void settle() {
        contested = false;
    }

    /** Tells the session what happened. It must be connected. */
    void deliver(Message message) {
        tell(new Notice.Delivery(id, message));
    }

    /** Sends {@code notice} over the current attachment. It must be connected. */
    void tell(Notice notice) {
        attachment.holder().connection.send(notice);
    }
}
