package tokenly.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One peer in one room, which survives its connections. Everything but the final fields belongs to the lane of its
 * room: read and written there only.
 */
final class Session {

    final SessionId id;
    final Room room;

    private SessionState state = SessionState.CONNECTED;
    private @Nullable Attachment attachment; // not null exactly while CONNECTED
    private long attachments = 1;
    private ReconnectModel.@Nullable Wait wait; // not null exactly while WAITING
    private Timer.@Nullable Task expiry; // not null exactly while WAITING
    private boolean contested;

    private @Nullable Claim claim; // null for a plain session
    private Epoch epoch;
    private long cursor; // highest number of its own signals that is taken
    private Mailbox mailbox; // of a plain session always empty

    /** A fresh session that {@code holder} holds; plain if {@code claim} is null. */
    Session(SessionId id, Room room, Holder holder, @Nullable Claim claim) {
        this.id = id;
        this.room = room;
        this.claim = claim;
        this.epoch = Epoch.fresh();
        this.mailbox = new Mailbox();
        this.attachment = new Attachment(attachments, holder, 0);
    }

    /** A session of an earlier run of the server, which nobody holds yet: {@link #lose} is next. */
    Session(Store.Image image, Room room) {
        this.id = image.session();
        this.room = room;
        this.claim = image.claim();
        this.epoch = image.epoch();
        this.cursor = image.cursor();
        this.mailbox = new Mailbox(image);
        this.attachments = 0;
    }

    /** Whether nobody has held it since the server started. */
    boolean isRestored() {
        return attachments == 0;
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
        return attachment != null && attachment.holder.connection == connection;
    }

    /** Who holds it now. */
    Optional<Holder> holder() {
        return Optional.ofNullable(attachment).map(held -> held.holder);
    }

    /** Number of the current attachment, or of the last one. */
    long attachment() {
        return attachments;
    }

    /** What its client showed last; nothing for a plain session. */
    Optional<Claim> claim() {
        return Optional.ofNullable(claim);
    }

    boolean isResumable() {
        return claim != null;
    }

    /** Whether its client has come back later than with {@code late}, which is of the same instance, on {@code holder}. */
    boolean isBeyond(Claim late, Holder holder) {
        return claim != null
                && late.isOfSameInstance(claim)
                && (late.attempt() < claim.attempt()
                        || (late.attempt() == claim.attempt() && isConnected() && !isHeldBy(holder.connection)));
    }

    /** Whether its client may believe that it has just been created: nobody has acknowledged anything. */
    boolean isUntouched() {
        return cursor == 0 && mailbox.trimmed() == 0 && !mailbox.hasOverflowed();
    }

    Epoch epoch() {
        return epoch;
    }

    /** The highest number of its own signals that is taken, 0 before the first. */
    long cursor() {
        return cursor;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Hands the session to {@code next}; whoever held it before holds it no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> attach(Holder next) {
        state = state.after(SessionState.Event.ATTACHED);
        if (attachment != null && attachment.holder != next) {
            attachment.holder.remove(this);
        }
        attachment = new Attachment(++attachments, next, mailbox.trimmed());
        return endWait();
    }

    /** Notes who comes back with it. */
    void resume(Claim next) {
        claim = next;
    }

    /** Begins {@code next}: nothing of before means anything any more. */
    void restart(Epoch next, Claim claimant) {
        epoch = next;
        claim = claimant;
        cursor = 0;
        mailbox = new Mailbox();
    }

    /** Takes its own signal {@code seq}. */
    void take(long seq) {
        cursor = seq;
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
        if (attachment != null) {
            attachment.holder.remove(this);
        }
        attachment = null;
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

    /** Keeps {@code message} in its mailbox, from which {@link #pump} takes it. */
    void keep(Message message) {
        mailbox.append(message);
    }

    /** Sends on what the mailbox has for the connection, if there is one and it has room. */
    void pump() {
        if (attachment != null) {
            attachment.pump(this);
        }
    }

    /**
     * Its client has processed the mailbox up to {@code received}; returns false, and forgets nothing, if it cannot have.
     */
    boolean acknowledge(long received) {
        boolean isPossible = attachment != null && received <= attachment.sent();
        if (isPossible) {
            mailbox.trim(received);
        }
        return isPossible;
    }

    /** Answers {@code create-peer}: who else is in the room. */
    void welcome() {
        tell(new Notice.Created(id, room.id, peers(), isResumable() ? epoch : null));
    }

    /** Who else was in the room before what the mailbox has still to tell the connection: that says who came and went. */
    private List<SessionId> peers() {
        Set<SessionId> peers = new LinkedHashSet<>(room.peers(this));
        long sent = attachment == null ? mailbox.last() : attachment.sent();
        for (long seq = mailbox.last(); seq > sent; seq--) {
            Message message = mailbox.message(seq);
            if (message instanceof Message.PeerJoined joined) {
                peers.remove(joined.peer());
            } else if (message instanceof Message.PeerLeft left) {
                peers.add(left.peer());
            }
        }
        return List.copyOf(peers);
    }

    /** Sends {@code notice} to the connection that holds it, if one does. */
    void tell(Notice notice) {
        holder().ifPresent(holder -> holder.connection.send(notice));
    }
}
