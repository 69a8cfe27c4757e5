package tokenly.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The way of signals into the mailboxes of their addressees. */
final class Relay {

    /** About the bytes of one record with more than one signal in it; a larger one is hardly cheaper, and all wait for it. */
    private static final long RECORD_BYTES = 64 << 10;

    private final Handover handover;
    private final Timer timer;
    private final QueueBudget queue;

    Relay(Handover handover, Timer timer, QueueBudget queue) {
        this.handover = handover;
        this.timer = timer;
        this.queue = queue;
    }

    /**
     * Brings signal {@code seq} of {@code sender} to the lane of its room, which takes exactly its cursor + 1, while what was
     * taken before is only acknowledged again. A connection that does not hold the sender gets an error.
     *
     * @param seq for a plain sender it means nothing
     * @return false, and the signal is forgotten, while too much waits in its room or in all of them
     */
    boolean offer(Connection connection, Session sender, long seq, Signal signal) {
        boolean isTaken = offer(new Arrival(connection, sender, seq, signal));
        if (!isTaken) {
            sender.noteRefused();
        }
        return isTaken;
    }

    private boolean offer(Arrival arrival) {
        Account account = arrival.connection().account();
        if (!queue.take(account, arrival.bytes())) {
            return false;
        }
        boolean isTaken = arrival.sender().room.lane.offer(new Taking(arrival));
        if (!isTaken) {
            queue.free(account, arrival.bytes());
        }
        return isTaken;
    }

    private record Arrival(Connection connection, Session sender, long seq, Signal signal) {

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
    private final class Taking implements Lane.Step {

        private final List<Arrival> arrivals = new ArrayList<>(1);
        private final Set<Session> senders = new LinkedHashSet<>(2); // those that are to hear if it fails
        private final Set<Session> refused = new HashSet<>(0); // senders that are to be answered with an error
        private final Set<Session> stuck = new LinkedHashSet<>(0); // senders that have left out a number for too long
        private long bytes; // once more than one is in it

        Taking(Arrival arrival) {
            arrivals.add(arrival);
        }

        @Override
        public boolean takes(Lane.Step next) {
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
            Draft draft = log.begin();
            arrivals.removeIf(Relay::isRefused);
            arrivals.forEach(arrival -> take(arrival, draft));
            draft.then(() -> senders.forEach(Relay::acknowledge));
            CompletionStage<?> written = log.write(draft, () -> arrivals.forEach(this::fail));
            return stuck.isEmpty() ? written : written.thenCompose(done -> resetStuck());
        }

        private void take(Arrival arrival, Draft draft) {
            Session sender = arrival.sender();
            senders.add(sender);
            long cursor = draft.cursor(sender);
            if (!sender.isResumable() || arrival.seq() == cursor + 1) {
                sender.noteNext();
                if (!post(arrival.signal(), cursor + 1, sender, draft)) {
                    refuse(sender, Notice.Rejection.QUOTA_EXCEEDED, draft);
                }
            } else if (arrival.seq() > cursor + 1 && !refused.contains(sender)) {
                refuse(sender, Notice.Rejection.SEQ_GAP, draft);
                if (sender.noteGap(timer.now())) {
                    stuck.add(sender);
                }
            }
        }

        private void refuse(Session sender, Notice.Rejection rejection, Draft draft) {
            refused.add(sender);
            Long cursor = sender.isResumable() ? draft.cursor(sender) : null;
            draft.then(() -> sender.tell(new Notice.Rejected(sender.id, rejection, cursor)));
        }

        /** Such a client no longer has what is missing: it was acknowledged by a log that has lost its end. */
        private CompletionStage<?> resetStuck() {
            CompletionStage<?> done = Lane.DONE;
            for (Session sender : stuck) {
                done = done.thenCompose(before -> reset(sender));
            }
            return done;
        }

        private CompletionStage<?> reset(Session sender) {
            Optional<Holder> holder = sender.holder();
            Optional<Claim> claim = sender.claim();
            return holder.isPresent() && claim.isPresent()
                    ? handover.reset(sender, holder.get(), claim.get(), ResetReason.STORE_WENT_BACK, sender.cursor())
                    : Lane.DONE;
        }

        /** A plain sender is told of each; of a resumable one the first says it all, for it sends the rest again. */
        private void fail(Arrival arrival) {
            Session sender = arrival.sender();
            if (!sender.isResumable() || senders.remove(sender)) {
                Long cursor = sender.isResumable() ? sender.cursor() : null;
                sender.tell(new Notice.Rejected(sender.id, Notice.Rejection.STORE_FAILED, cursor));
            }
        }
    }

    private static boolean isRefused(Arrival arrival) {
        boolean isHeld = arrival.sender().isHeldBy(arrival.connection());
        if (!isHeld) {
            arrival.connection().send(new Notice.Rejected(arrival.sender().id, Notice.Rejection.UNKNOWN_SESSION, null));
        }
        return !isHeld;
    }

    /** Returns false, and does nothing, if what it would take in mailboxes is more than the sender may use. */
    private static boolean post(Signal signal, long seq, Session sender, Draft draft) {
        Message message = new Message.Signalled(sender.id, new Source(sender.epoch(), seq), signal);
        if (signal.to() != null) {
            draft.take(sender, seq);
            postTo(signal.to(), draft, sender, message);
            return true;
        }
        if (!draft.mayPostToOthers(sender, message)) {
            return false;
        }
        draft.take(sender, seq);
        List<Session> unreached = sender.room.others(sender).stream()
                .filter(other -> other.isResumable() && !draft.hasShare(sender, other, message))
                .toList();
        draft.postToOthers(sender, message, unreached);
        unreached.forEach(other -> refuse(other.id, draft, sender, Message.Obstacle.QUOTA));
        return true;
    }

    private static void postTo(SessionId to, Draft draft, Session sender, Message message) {
        sender.room
                .other(sender, to)
                .ifPresentOrElse(
                        addressee -> postTo(addressee, draft, sender, message),
                        () -> refuse(to, draft, sender, Message.Obstacle.UNKNOWN_PEER));
    }

    private static void postTo(Session addressee, Draft draft, Session sender, Message message) {
        if (!addressee.isResumable() && !addressee.isConnected()) {
            refuse(addressee.id, draft, sender, Message.Obstacle.AWAY);
        } else if (draft.mayPost(sender, addressee, message)) {
            draft.post(sender, addressee, message);
        } else {
            refuse(addressee.id, draft, sender, Message.Obstacle.QUOTA);
        }
    }

    private static void refuse(SessionId to, Draft draft, Session sender, Message.Obstacle obstacle) {
        draft.post(sender, sender, new Message.Undeliverable(to, List.of(draft.cursor(sender)), obstacle));
    }

    private static void acknowledge(Session sender) {
        if (sender.isResumable()) {
            sender.holder().ifPresent(holder -> holder.connection.acknowledge(sender.id, sender.cursor()));
        }
    }
}
