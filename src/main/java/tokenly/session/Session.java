package tokenly.session;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One peer in one room, which survives its connections. Everything but the final fields belongs to the executor of its
 * room: read and written there only.
 */
final class Session {

    final SessionId id;
    final Room room;
    final @Nullable KeyHash key; // null for a plain session; may be read by any thread
    final Presence presence = new Presence();

    private SessionState state = SessionState.CONNECTED;
    private @Nullable Attachment attachment; // not null exactly while CONNECTED
    private long attachments = 1;
    private ReconnectModel.@Nullable Wait wait; // not null exactly while WAITING
    private Timer.@Nullable Task expiry; // not null exactly while WAITING
    private boolean contested;
    private @Nullable Account
            account; // that counts it; null for one of an earlier run of the server until it is resumed

    private @Nullable Credentials credentials; // null for a plain session
    private Epoch epoch;
    private long acceptedSeq; // highest number of its own signals that is taken
    private volatile boolean wasRefused; // a signal of it, since the last gap; set by any thread
    private @Nullable SeqGap gap; // of its own signals; null while there was none since the last one that was taken
    private @Nullable Source lostEnd; // where it stood in the epoch whose end the store may have lost; null if in none
    private Mailbox mailbox; // of a plain session always empty
    private long maxSent; // highest number of the mailbox that any connection was given before the current one

    /** A fresh session that {@code holder} holds, and its account counts; plain if {@code credentials} is null. */
    Session(SessionId id, Room room, ConnectionSessions holder, @Nullable Credentials credentials) {
        this.id = id;
        this.room = room;
        this.credentials = credentials;
        this.key = credentials == null ? null : credentials.key();
        this.account = holder.connection.account();
        this.epoch = Epoch.fresh();
        this.mailbox = new Mailbox();
        this.attachment = new Attachment(attachments, holder, 0);
    }

    /** A session of an earlier run of the server, which no connection holds yet: {@link #lose} is next. */
    Session(Store.Image image, Room room) {
        this.id = image.session();
        this.room = room;
        this.credentials = image.credentials();
        this.key = credentials == null ? null : credentials.key();
        this.epoch = image.epoch();
        this.acceptedSeq = image.acceptedSeq();
        this.mailbox = new Mailbox(image);
        this.attachments = 0;
    }

    /**
     * Takes over what its mailbox had in an earlier run of the server.
     *
     * @param items of messages that were met before; gets those that were not
     */
    void restore(List<Message> messages, IdentityHashMap<Message, MailboxItem> items) {
        messages.forEach(
                message -> mailbox.append(items.computeIfAbsent(message, first -> new MailboxItem(first, room, null))));
        maxSent = mailbox.last();
    }

    /** Whether no connection has held it since the server started. */
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

    /** Whether nothing that it is told would reach its client now: it waits, or is about to. */
    boolean isOutOfReach() {
        return isWaiting() || (attachment != null && attachment.holder.isClosed());
    }

    /** Who holds it now. */
    Optional<ConnectionSessions> holder() {
        return Optional.ofNullable(attachment).map(held -> held.holder);
    }

    /** Number of the current attachment, or of the last one. */
    long attachment() {
        return attachments;
    }

    /** What its client showed last; nothing for a plain session. */
    Optional<Credentials> credentials() {
        return Optional.ofNullable(credentials);
    }

    boolean isResumable() {
        return credentials != null;
    }

    /** The account that counts it, and what it sends. */
    Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    /**
     * True if {@code late} is stale: the same instance has since claimed the session with a higher attempt, or with this
     * attempt on a connection that was opened after that of {@code holder}.
     */
    boolean isBeyond(Credentials late, ConnectionSessions holder) {
        return credentials != null
                && late.isOfSameInstance(credentials)
                && (late.attempt() < credentials.attempt()
                        || (late.attempt() == credentials.attempt() && isHeldByYounger(holder)));
    }

    private boolean isHeldByYounger(ConnectionSessions holder) {
        return attachment != null && attachment.holder.order > holder.order;
    }

    /** Whether its client may believe that it has just been created: neither side has acknowledged anything. */
    boolean isUntouched() {
        return acceptedSeq == 0 && mailbox.ackedSeq() == 0 && !mailbox.hasOverflowed();
    }

    Epoch epoch() {
        return epoch;
    }

    /** The highest number of its own signals that is taken, 0 before the first. */
    long acceptedSeq() {
        return acceptedSeq;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** The highest number of the mailbox that its client can have: nothing above it was ever given to a connection. */
    long maxSent() {
        return attachment == null ? maxSent : Math.max(maxSent, attachment.cursor());
    }

    /** Hands the session to {@code next}; its former holder holds it no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> attach(ConnectionSessions next) {
        state = state.after(SessionState.Event.ATTACHED);
        maxSent = maxSent();
        if (attachment != null && attachment.holder != next) {
            attachment.holder.remove(this);
        }
        attachment = new Attachment(++attachments, next, mailbox.ackedSeq());
        lostEnd = null;
        if (account == null) {
            account = next.connection.account();
            account.adoptSession();
        }
        return endWait();
    }

    /** Notes who comes back with it. */
    void resume(Credentials next) {
        credentials = next;
    }

    /** Begins {@code next}: nothing of before means anything any more. */
    void restart(Epoch next, Credentials claimant) {
        epoch = next;
        credentials = claimant;
        acceptedSeq = 0;
        gap = null;
        maxSent = 0;
        if (attachment != null) {
            attachment.restart();
        }
        mailbox.clear();
        mailbox = new Mailbox();
    }

    /** Takes its own signal {@code seq}. */
    void take(long seq) {
        acceptedSeq = seq;
        gap = null;
    }

    /** Notes that the next signal of its client has come, whether or not it can be taken: nothing is left out. */
    void noteNext() {
        gap = null;
    }

    /** Notes, on any thread, that a signal of its client was refused before its executor saw it: a gap may come of that. */
    void noteRefused() {
        wasRefused = true;
    }

    /** Notes that its client has left out a number; returns whether it will never send that. */
    boolean noteGap(Duration now) {
        if (wasRefused) {
            wasRefused = false;
            gap = null;
        }
        SeqGap next = gap == null ? SeqGap.first(acceptedSeq, now) : gap.again(now);
        gap = next;
        return next.isForGood();
    }

    /** The store may have lost the end of its epoch: a new one begins next. */
    void loseEnd() {
        lostEnd = new Source(epoch, acceptedSeq);
    }

    /** Whether the store may have lost the end of {@code epoch}, and that is why the session has another one. */
    boolean hasLostEndOf(Epoch epoch) {
        return lostEnd != null && lostEnd.epoch().equals(epoch);
    }

    /** The highest number of its own signals in {@code epoch} that the server has; null if it does not know that epoch. */
    @Nullable
    Long acceptedIn(Epoch asked) {
        if (asked.equals(epoch)) {
            return acceptedSeq;
        }
        return lostEnd != null && hasLostEndOf(asked) ? lostEnd.seq() : null;
    }

    /** Its connection is gone. {@code expiry} is the task that ends the session if its client does not come back. */
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
        mailbox.clear();
        if (account != null) {
            account.removeSession();
        }
        return endWait();
    }

    private void release() {
        maxSent = maxSent();
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

    /** Notes that the holder is being probed because another client wants the session; false if it already is. */
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

    /** Keeps {@code item} in its mailbox, from which {@link #pump} takes it. */
    void keep(MailboxItem item) {
        mailbox.append(item);
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
        boolean isPossible = attachment != null && received <= attachment.cursor();
        if (isPossible) {
            mailbox.trim(received);
        }
        return isPossible;
    }

    /** Answers {@code create-peer}: who else is in the room. */
    void welcome() {
        tell(new ServerEvent.Created(id, room.id, peers(), isResumable() ? epoch : null));
    }

    /** Who else was in the room before what the mailbox has still to tell the connection: that says who came and went. */
    private List<SessionId> peers() {
        Set<SessionId> peers = new LinkedHashSet<>(room.peers(this));
        long sent = attachment == null ? mailbox.last() : attachment.cursor();
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

    /** Sends {@code event} to the connection that holds it, if one does. */
    void tell(ServerEvent event) {
        holder().ifPresent(holder -> holder.connection.send(event));
    }
}
