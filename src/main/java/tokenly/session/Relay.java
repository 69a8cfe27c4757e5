package tokenly.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** The way of signals into the mailboxes of their addressees. */
final class Relay {

    /** About the bytes of one record with more than one signal in it; a larger one is hardly cheaper, and all wait for it. */
    private static final long RECORD_BYTES = 64 << 10;

    private final Lifecycle lifecycle;

    Relay(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Takes signal {@code seq} of {@code sender}, for the lane of its room: exactly its cursor + 1, while what was taken
     * before is only acknowledged again. A connection that does not hold the sender is told so.
     *
     * @param seq for a plain sender it means nothing
     */
    Lane.Step take(Connection connection, Session sender, long seq, Signal signal) {
        return new Taking(new Arrival(connection, sender, seq, signal));
    }

    private record Arrival(Connection connection, Session sender, long seq, Signal signal) {

        /** About what it takes in a record, in bytes. */
        long size() {
            int copies = signal.to() == null ? sender.room.size() : 1;
            return copies * (Message.OVERHEAD_BYTES + signal.opaque().length());
        }
    }

    /** Signals that came one right behind the other: one record, which is written and shown as a whole. */
    private final class Taking implements Lane.Step {

        private final List<Arrival> arrivals = new ArrayList<>(1);
        private final Set<Session> senders = new LinkedHashSet<>(2); // those that are to hear if it fails
        private final Set<Session> gaps = new HashSet<>(0); // senders that are to hear of one
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
            Draft draft = lifecycle.draft(arrivals.get(0).sender().room);
            arrivals.removeIf(Relay::isRefused);
            arrivals.forEach(arrival -> take(arrival, draft));
            draft.then(() -> senders.forEach(Relay::acknowledge));
            return lifecycle.write(draft, () -> arrivals.forEach(this::fail));
        }

        private void take(Arrival arrival, Draft draft) {
            Session sender = arrival.sender();
            senders.add(sender);
            long cursor = draft.cursor(sender);
            if (!sender.isResumable() || arrival.seq() == cursor + 1) {
                post(arrival.signal(), cursor + 1, sender, draft);
            } else if (arrival.seq() > cursor + 1 && gaps.add(sender)) {
                draft.then(() -> sender.tell(new Notice.Rejected(sender.id, Notice.Rejection.SEQ_GAP, cursor)));
            }
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

    private static void post(Signal signal, long seq, Session sender, Draft draft) {
        draft.take(sender, seq);
        Message message = new Message.Signalled(sender.id, new Source(sender.epoch(), seq), signal);
        if (signal.to() == null) {
            draft.postToOthers(sender, message);
        } else {
            postTo(signal.to(), draft, sender, message);
        }
    }

    private static void postTo(SessionId to, Draft draft, Session sender, Message message) {
        sender.room
                .other(sender, to)
                .ifPresentOrElse(
                        addressee -> postTo(addressee, draft, sender, message),
                        () -> refuse(to, draft, sender, Message.Obstacle.UNKNOWN_PEER));
    }

    private static void postTo(Session addressee, Draft draft, Session sender, Message message) {
        if (addressee.isResumable() || addressee.isConnected()) {
            draft.post(addressee, message);
        } else {
            refuse(addressee.id, draft, sender, Message.Obstacle.AWAY);
        }
    }

    private static void refuse(SessionId to, Draft draft, Session sender, Message.Obstacle obstacle) {
        draft.post(sender, new Message.Undeliverable(to, List.of(draft.cursor(sender)), obstacle));
    }

    private static void acknowledge(Session sender) {
        if (sender.isResumable()) {
            sender.holder().ifPresent(holder -> holder.connection.acknowledge(sender.id, sender.cursor()));
        }
    }
}
