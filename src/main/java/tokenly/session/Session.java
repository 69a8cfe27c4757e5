package tokenly.session;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One peer in one room, which survives its connections. Everything but the final fields belongs to the executor of its
 * room: read and written there only.
 */
final class Session {

    final SessionId id;
    final Room room;
    final @Nullable KeyHash key; // null for a plain session; may be read by any thread
    final Incarnation incarnation;
    final Role role;
    final Presence presence = new Presence(this);
    final AcceptedSignals signals;
    final Hold hold;

    private SessionState state = SessionState.CONNECTED;
    private @Nullable Absence absence; // not null exactly while WAITING
    final AtomicReference<Reading.@Nullable Ack> lateAck =
            new AtomicReference<>(); // which its room was too busy for; set by any thread
    boolean isContested; // another client wants the session, and its holder is being probed
    private @Nullable Account account; // that counts it; null for one of an earlier run until it is resumed
    private @Nullable Credentials credentials; // null for a plain session
    private Mailbox mailbox; // of a plain session always empty

    /** A fresh session that {@code holder} holds, and its account counts; plain if {@code credentials} is null. */
    Session(SessionId id, Room room, ConnectionSessions holder, @Nullable Credentials credentials) {
        this.id = id;
        this.room = room;
        this.credentials = credentials;
        this.key = credentials == null ? null : credentials.key();
        this.role = holder.connection.permit().role();
        this.account = holder.connection.account();
        this.signals = new AcceptedSignals(Epoch.fresh(room.id), 0);
        this.incarnation = key == null ? Incarnation.of(epoch()) : Incarnation.of(key);
        this.mailbox = new Mailbox();
        this.hold = new Hold(holder);
    }

    /**
     * A session of an earlier run of the server, which no connection holds yet: {@link #lose} is next.
     *
     * @param items of messages that were met before; gets those that were not
     */
    Session(Store.Image image, Room room, IdentityHashMap<Message, MailboxItem> items) {
        this.id = image.session();
        this.room = room;
        this.credentials = image.credentials();
        this.key = credentials == null ? null : credentials.key();
        this.role = image.role();
        this.signals = new AcceptedSignals(image.epoch(), image.acceptedSeq());
        this.incarnation = key == null ? Incarnation.of(image.epoch()) : Incarnation.of(key);
        this.mailbox = new Mailbox(image);
        image.messages()
                .forEach(message ->
                        mailbox.append(items.computeIfAbsent(message, first -> new MailboxItem(first, room, null))));
        this.hold = new Hold(mailbox.last());
    }

    /** Whether a connection with {@code permit} may hold it, if it has the key; any thread may ask. */
    boolean isGrantedBy(Permit permit) {
        return permit.mayEnter(room.id, id) && !role.isOfAnotherOwner(permit.role());
    }

    /** Whether no connection has held it since the server started. */
    boolean isRestored() {
        return hold.attachments() == 0;
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

    /** Whether nothing that it is told would reach its client now: it waits, or is about to. */
    boolean isOutOfReach() {
        return isWaiting() || hold.holder().filter(ConnectionSessions::isClosed).isPresent();
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
        return credentials != null && credentials.isBeyond(late, hold.isNewerThan(holder));
    }

    /** Whether its client may believe that it has just been created: neither side has acknowledged anything. */
    boolean isUntouched() {
        return acceptedSeq() == 0 && mailbox.ackedSeq() == 0 && !mailbox.hasOverflowed();
    }

    Epoch epoch() {
        return signals.epoch();
    }

    /** The highest number of its own signals that is taken, 0 before the first. */
    long acceptedSeq() {
        return signals.acceptedSeq();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    /** Hands the session to {@code next}; its former holder holds it no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> attach(ConnectionSessions next) {
        state = state.after(SessionState.Event.ATTACHED);
        hold.pass(this, next, mailbox.ackedSeq());
        signals.forgetLostEnd();
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
    void restart(Epoch next, Credentials shown) {
        credentials = shown;
        signals.restart(next);
        hold.restart();
        mailbox.clear();
        mailbox = new Mailbox();
        presence.catchUp();
    }

    /** Its connection is gone. */
    void lose(Absence begun) {
        state = state.after(SessionState.Event.LOST);
        hold.release(this);
        absence = begun;
    }

    /** Until when the server waits for its client; empty if a connection holds it. */
    Optional<Duration> waitsUntil() {
        return Optional.ofNullable(absence).map(Absence::end);
    }

    /** It exists no more. Returns the wait that is over, if it waited. */
    Optional<ReconnectModel.Wait> end() {
        state = state.after(SessionState.Event.ENDED);
        hold.release(this);
        mailbox.clear();
        if (account != null) {
            account.removeSession();
        }
        return endWait();
    }

    private Optional<ReconnectModel.Wait> endWait() {
        Optional<Absence> over = Optional.ofNullable(absence);
        over.ifPresent(done -> done.expiry().cancel());
        absence = null;
        return over.map(Absence::counted);
    }

    /** Sends on what the mailbox has for the connection, if there is one and it has room. */
    void pump() {
        hold.pump(this);
    }

    /**
     * Its client has processed the mailbox up to {@code received}; returns false, and forgets nothing, if it cannot have.
     */
    boolean acknowledge(long received) {
        boolean isPossible = hold.hasSent(received);
        if (isPossible) {
            mailbox.trim(received);
        }
        return isPossible;
    }

    /** As others are told of it now. */
    RoomPeer asPeer() {
        return new RoomPeer(id, incarnation, isWaiting());
    }

    /** Sends {@code event} to the connection that holds it, if one does; what is refused before the answer to {@code resume}, that answer says. */
    void tell(ServerEvent event) {
        if (!(event instanceof ServerEvent.Rejected) || hold.isAnswered()) {
            hold.holder().ifPresent(holder -> holder.connection.send(event));
        }
    }
}
