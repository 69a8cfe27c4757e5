package tokenly.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.ErrorCode;

/** The way of signals into the mailboxes of their addressees. */
final class Router {

    /** About the bytes of one record with more than one signal in it; a larger one is hardly cheaper, and all wait for it. */
    private static final long RECORD_BYTES = 64 << 10;

    private final Handover handover;
    private final Timer timer;
    private final QueueBudget queue;

    Router(Handover handover, Timer timer, QueueBudget queue) {
        this.handover = handover;
        this.timer = timer;
        this.queue = queue;
    }

    /**
     * Brings signal {@code seq} of {@code sender} to the executor of its room, which takes exactly the number after its {@code acceptedSeq}, while what was
     * taken before is only acknowledged again. A connection that does not hold the sender gets an error.
     *
     * @param seq for a plain sender it means nothing
     * @param owner of the addressee's id, for whom alone it is meant; null for any
     * @return false, and the signal is forgotten, while too much waits in its room or in all of them
     */
    boolean offer(Connection connection, Session sender, long seq, Signal signal, @Nullable Incarnation owner) {
        boolean isTaken = offer(new Arrival(connection, sender, seq, signal, owner));
        if (!isTaken) {
            sender.signals.noteRefused();
        }
        return isTaken;
    }

    private boolean offer(Arrival arrival) {
        Account account = arrival.connection().account();
        if (!queue.take(account, arrival.bytes())) {
            return false;
        }
        boolean isTaken = arrival.sender().room.executor.offer(new Taking(arrival));
        if (!isTaken) {
            queue.free(account, arrival.bytes());
        }
        return isTaken;
    }

    private record Arrival(
            Connection connection,
            Session sender,
            long seq,
            Signal signal,
            @Nullable Incarnation owner) {

        /** About what it takes of the memory, in bytes. */
        long bytes() {
            return Message.OVERHEAD_BYTES + signal.opaqueBytes();
        }

        /** About what it takes in a record, in bytes. */
        long size() {
            int copies = signal.to() == null ? sender.room.size() : 1;
            return copies * bytes();
        }
    }

    /** Signals that came one right behind the other: one record, which is written and shown as a whole. */
    private final class Taking implements RoomExecutor.Step {

        private final List<Arrival> arrivals = new ArrayList<>(1);
        private final Set<Session> senders = new LinkedHashSet<>(2); // those that are to hear if it fails
        private final Set<Session> refused = new HashSet<>(0); // senders that are to be answered with an error
        private final Set<Session> stuck = new LinkedHashSet<>(0); // senders that have left out a number for too long
        private long bytes; // once more than one is in it

        Taking(Arrival arrival) {
            arrivals.add(arrival);
        }

        @Override
        public boolean takes(RoomExecutor.Step next) {
            if (!(next instanceof Taking taking)) {
                return false;
            }
            Arrival arrival = taking.arrivals.get(0);
            if (arrivals.size() == 1) {
                bytes = arrivals.get(0).size();
            }
            bytes += arrival.size();
            return bytes <= RECORD_BYTES && arrivals.add(arrival);
        }

        @Override
        public boolean canWait() {
            return true;
        }

        @Override
        public CompletionStage<?> run() {
            List<Arrival> waited = List.copyOf(arrivals);
            try {
                return take().whenComplete((taken, failure) -> free(waited));
            } catch (RuntimeException | Error bug) {
                free(waited);
                throw bug;
            }
        }

        private void free(List<Arrival> waited) {
            waited.forEach(arrival -> queue.free(arrival.connection().account(), arrival.bytes()));
        }

        private CompletionStage<?> take() {
            RoomLog log = arrivals.get(0).sender().room.log;
            Transaction transaction = log.begin();
            arrivals.removeIf(Router::isRefused);
            arrivals.forEach(arrival -> take(arrival, transaction));
            transaction.then(() -> senders.forEach(Router::acknowledge));
            CompletionStage<?> written = log.write(transaction, () -> arrivals.forEach(this::fail));
            return stuck.isEmpty() ? written : written.thenCompose(done -> resetStuck());
        }

        private void take(Arrival arrival, Transaction transaction) {
            Session sender = arrival.sender();
            senders.add(sender);
            long acceptedSeq = transaction.acceptedSeq(sender);
            if (!sender.isResumable() || arrival.seq() == acceptedSeq + 1) {
                sender.signals.noteNext();
                if (!post(arrival, acceptedSeq + 1, transaction)) {
                    refuse(sender, ErrorCode.QUOTA_EXCEEDED, transaction);
                }
            } else if (arrival.seq() > acceptedSeq + 1 && !refused.contains(sender)) {
                refuse(sender, ErrorCode.SEQ_GAP, transaction);
                if (sender.signals.noteGap(timer.now())) {
                    stuck.add(sender);
                }
            }
        }

        private void refuse(Session sender, ErrorCode rejection, Transaction transaction) {
            refused.add(sender);
            Long acceptedSeq = sender.isResumable() ? transaction.acceptedSeq(sender) : null;
            transaction.then(() -> sender.tell(new ServerEvent.Rejected(sender.id, rejection, acceptedSeq)));
        }

        /** Such a client no longer has what is missing: it was acknowledged by a log that has lost its end. */
        private CompletionStage<?> resetStuck() {
            CompletionStage<?> done = RoomExecutor.DONE;
            for (Session sender : stuck) {
                done = done.thenCompose(before -> reset(sender));
            }
            return done;
        }

        private CompletionStage<?> reset(Session sender) {
            Optional<ConnectionSessions> holder = sender.hold.holder();
            Optional<Credentials> credentials = sender.credentials();
            return holder.isPresent() && credentials.isPresent()
                    ? handover.reset(
                            sender, holder.get(), credentials.get(), ResetReason.STORE_WENT_BACK, sender.acceptedSeq())
                    : RoomExecutor.DONE;
        }

        /** A plain sender is told of each; of a resumable one the first says it all, for it sends the rest again. */
        private void fail(Arrival arrival) {
            Session sender = arrival.sender();
            if (!sender.isResumable() || senders.remove(sender)) {
                Long acceptedSeq = sender.isResumable() ? sender.acceptedSeq() : null;
                sender.tell(new ServerEvent.Rejected(sender.id, ErrorCode.STORE_FAILED, acceptedSeq));
            }
        }
    }

    private static boolean isRefused(Arrival arrival) {
        boolean isHeld = arrival.sender().hold.isBy(arrival.connection());
        if (!isHeld) {
            arrival.connection().send(new ServerEvent.Rejected(arrival.sender().id, ErrorCode.UNKNOWN_SESSION, null));
        }
        return !isHeld;
    }

    /** Returns false, and does nothing, if what it would take in mailboxes is more than the sender may use. */
    private static boolean post(Arrival arrival, long seq, Transaction transaction) {
        Signal signal = arrival.signal();
        Session sender = arrival.sender();
        Message.Signalled message = new Message.Signalled(sender.id, new Source(sender.epoch(), seq), signal);
        if (!arrival.connection().permit().maySend(signal.kind(), signal.to())) { // whether or not its addressee exists
            transaction.take(sender, seq);
            refuse(signal.to(), transaction, sender, Message.UndeliverableReason.NOT_ALLOWED);
            return true;
        }
        if (signal.to() == null) {
            return transaction.takeForOthers(sender, seq, message);
        }
        transaction.take(sender, seq);
        Optional<Session> addressee = sender.room.other(sender, signal.to());
        if (addressee.isEmpty()) {
            refuse(signal.to(), transaction, sender, Message.UndeliverableReason.UNKNOWN_PEER);
        } else if (arrival.owner() != null && !addressee.get().incarnation.equals(arrival.owner())) {
            refuse(signal.to(), transaction, sender, Message.UndeliverableReason.REPLACED);
        } else {
            postTo(addressee.get(), transaction, sender, message);
        }
        return true;
    }

    private static void postTo(Session addressee, Transaction transaction, Session sender, Message message) {
        if (!addressee.isResumable() && !addressee.isConnected()) {
            refuse(addressee.id, transaction, sender, Message.UndeliverableReason.AWAY);
        } else if (transaction.mayPost(sender, addressee, message)) {
            transaction.post(sender, addressee, message);
        } else {
            refuse(addressee.id, transaction, sender, Message.UndeliverableReason.QUOTA);
        }
    }

    private static void refuse(
            @Nullable SessionId to, Transaction transaction, Session sender, Message.UndeliverableReason reason) {
        transaction.undeliverable(sender, to, List.of(transaction.acceptedSeq(sender)), reason);
    }

    private static void acknowledge(Session sender) {
        if (sender.isResumable() && sender.hold.isAnswered()) {
            sender.hold.holder().ifPresent(holder -> holder.connection.acknowledge(sender.id, sender.acceptedSeq()));
        }
    }
}
