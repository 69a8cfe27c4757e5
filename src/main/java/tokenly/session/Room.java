package tokenly.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who may talk to whom. Everything but the final fields belongs to the room's lane. */
final class Room {

    final RoomId id;
    final Lane lane;

    private final Map<SessionId, Session> members = new LinkedHashMap<>(); // in the order they came
    private final List<Consumer<Draft>> debts = new ArrayList<>(0); // in the order in which they were made
    private final Set<Session> trimmed = new LinkedHashSet<>(0); // whose mailboxes are shorter than the store knows
    private boolean isPaymentDue; // somebody will come and pay
    private boolean closed;
    private final MailboxBudget budget;
    private long mailboxBytes;
    private long presenceChanges; // how often a member was away or back

    Room(RoomId id, Lane lane, MailboxBudget budget) {
        this.id = id;
        this.lane = lane;
        this.budget = budget;
    }

    /** Whether {@code cost} more bytes of {@code payer}, who may be unknown, may be kept in its mailboxes. */
    boolean mayKeep(@Nullable Account payer, long cost) {
        return budget.allows(payer, mailboxBytes, cost);
    }

    /** As {@link #mayKeep}, for what has happened in the room and cannot be refused: only what all take counts. */
    boolean mayKeepNews(long cost) {
        return budget.allows(cost);
    }

    /** Counts {@code change} more bytes in its mailboxes; negative once they are gone. */
    void addMailboxBytes(long change) {
        mailboxBytes += change;
        budget.add(change);
    }

    /** True once nobody is in it any more: whoever still has this room in hand looks it up again. */
    boolean isClosed() {
        return closed;
    }

    boolean closeIfEmpty() {
        closed = members.isEmpty() && debts.isEmpty();
        return closed;
    }

    /** Notes what has happened though the store could not take it: every later record begins with it until one is written. */
    void owe(Consumer<Draft> debt) {
        debts.add(debt);
    }

    /** Notes that the store need not keep what {@code session} has processed; that too is written with the next record. */
    void oweTrim(Session session) {
        trimmed.add(session);
    }

    boolean hasDebts() {
        return !debts.isEmpty() || !trimmed.isEmpty();
    }

    /** Notes that somebody will pay what no other record has paid by then; false if that is so already. */
    boolean promisePayment() {
        boolean isNews = !isPaymentDue;
        isPaymentDue = true;
        return isNews;
    }

    void keepPromise() {
        isPaymentDue = false;
    }

    /** Adds all that is owed to {@code draft}, which has nothing else yet. */
    void payInto(Draft draft) {
        if (hasDebts()) {
            debts.forEach(debt -> debt.accept(draft));
            trimmed.stream().filter(session -> !session.hasEnded()).forEach(draft::noteTrim);
            draft.then(() -> {
                debts.clear();
                trimmed.clear();
            });
        }
    }

    /** A number for the next time that a member is away or back, higher than all before. */
    long nextPresenceChange() {
        return ++presenceChanges;
    }

    int size() {
        return members.size();
    }

    void join(Session session) {
        members.put(session.id, session);
    }

    void leave(Session session) {
        members.remove(session.id);
    }

    Optional<Session> member(SessionId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** The member of that id, unless it is {@code session} itself. */
    Optional<Session> other(Session session, SessionId peer) {
        return member(peer).filter(member -> member != session);
    }

    /** All members but {@code session}, in the order they came. */
    List<Session> others(Session session) {
        return members.values().stream().filter(member -> member != session).toList();
    }

    /** All members, in the order they came. */
    List<Session> members() {
        return List.copyOf(members.values());
    }

    /** Their ids, in the order they came. */
    List<SessionId> peers(Session session) {
        return others(session).stream().map(other -> other.id).toList();
    }
}
