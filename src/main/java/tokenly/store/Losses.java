package tokenly.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tokenly.session.Epoch;
import tokenly.session.MailboxCost;
import tokenly.session.Message;
import tokenly.session.SessionId;
import tokenly.session.Store.Loss;

/**
 * The signals of mailboxes that are shed, by their senders. As each sender is to find them in its own mailbox, they count
 * with what they would take there; when that is too much, all are forgotten, and no more are taken.
 */
final class Losses {

    /** Of one sender in one mailbox: a message that names a run of numbers. */
    private static final int SENDER_BYTES = MailboxCost.ENTRY_BYTES + (int) Message.OVERHEAD_BYTES + Long.BYTES;

    private final Map<SessionId, LostRuns> mailboxes = new HashMap<>();
    private final Map<Sender, Integer> numbers = new HashMap<>(); // where each stands in senders
    private final List<Sender> senders = new ArrayList<>();
    private final long bound;
    private long bytes;
    private boolean isTooMuch;

    private record Sender(SessionId id, Epoch epoch) {}

    /** @param bound bytes that they may take in the mailboxes of the senders */
    Losses(long bound) {
        this.bound = bound;
    }

    /** Mailbox {@code of} has lost {@code message}; the same one may come again. */
    void add(SessionId of, Message message) {
        if (isTooMuch || !(message instanceof Message.Signalled signalled)) {
            return;
        }
        LostRuns runs = mailboxes.computeIfAbsent(of, id -> new LostRuns());
        long before = cost(runs);
        runs.add(
                number(new Sender(signalled.from(), signalled.source().epoch())),
                signalled.source().seq());
        bytes += cost(runs) - before;
        if (bytes > bound) {
            isTooMuch = true;
            mailboxes.clear();
            numbers.clear();
            senders.clear();
        }
    }

    private static long cost(LostRuns runs) {
        return (long) SENDER_BYTES * runs.senders() + (long) LostRuns.RUN_BYTES * (runs.count() - runs.senders());
    }

    private int number(Sender sender) {
        Integer known = numbers.putIfAbsent(sender, senders.size());
        if (known != null) {
            return known;
        }
        senders.add(sender);
        return senders.size() - 1;
    }

    /** What mailbox {@code of} has lost so far was done with. */
    void forget(SessionId of) {
        LostRuns done = mailboxes.remove(of);
        bytes -= done == null ? 0 : cost(done);
    }

    /** Whether they are more than may be named, and so are forgotten. */
    boolean isTooMuch() {
        return isTooMuch;
    }

    /** All that mailbox {@code of} has lost: a view that makes each loss when it is asked for. */
    List<Loss> of(SessionId of) {
        LostRuns runs = mailboxes.get(of);
        return runs == null
                ? List.of()
                : runs.bySender((number, seqs) ->
                        new Loss(senders.get(number).id(), senders.get(number).epoch(), seqs));
    }
}
