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
    private long attachment = 1;
    private @Nullable Holder holder; // not null exactly while CONNECTED
    private ReconnectModel.@Nullable Wait wait; // not null exactly while WAITING
    private Timer.@Nullable Task expiry; // not null exactly while WAITING
    private boolean contested;

    Session(SessionId id, Room room, Holder holder) {
        this.id = id;
        this.room = room;
        this.holder = holder;
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
        return holder != null && holder.connection == connection;
    }

    /** The connection that holds it now. */
    Optional<Connection> connection() {
        return Optional.ofNullable(holder).map(held -> held.connection);
    }

    /** 1 for the first hold by a connection, one more for each later one; a higher number fences off all lower ones. */
    long attachment() {
        return attachment;
    }

    /** Hands the session to {@code next}; whoever held it before holds it no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> attach(Holder next) {
        state = state.after(SessionState.Event.ATTACHED);
        release();
        holder = next;
        attachment++;
        return endWait();
    }

    /** Its connection is gone. {@code expiry} is the task that ends the session if nobody comes back. */
    void lose(ReconnectModel.Wait wait, Timer.Task expiry) {
        state = state.after(SessionState.Event.LOST);
        release();
        this.wait = wait;
        this.expiry = expiry;
    }

    /** It exists no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> end() {
        state = state.after(SessionState.Event.ENDED);
        release();
        return endWait();
    }

    private void release() {
        if (holder != null) {
            holder.remove(this);
        }
        holder = null;
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

    /** Tells the session what happened in its room. */
    void deliver(Message message) {
        tell(new Notice.Delivery(id, message));
    }

    /** Sends {@code notice} to the connection that holds it, if one does. */
    void tell(Notice notice) {
        connection().ifPresent(connection -> connection.send(notice));
    }
}
