package tokenly.session;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** The way of a signal into the mailboxes of its addressees. Every method must be called on the lane of the sender's room. */
final class Relay {

    private final Lifecycle lifecycle;

    Relay(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * Takes the signal {@code seq} of {@code sender}: exactly its cursor + 1, while what was taken before is only
     * acknowledged again.
     */
    CompletionStage<?> relay(Session sender, long seq, Signal signal) {
        if (!sender.isResumable()) {
            return relayNext(sender, signal);
        }
        if (seq <= sender.cursor()) {
            acknowledge(sender);
            return Lane.DONE;
        }
        if (seq > sender.cursor() + 1) {
            sender.tell(new Notice.Rejected(sender.id, Notice.Rejection.SEQ_GAP, sender.cursor()));
            return Lane.DONE;
        }
        return relayNext(sender, signal);
    }

    private CompletionStage<?> relayNext(Session sender, Signal signal) {
        long seq = sender.cursor() + 1;
        Draft draft = lifecycle.draft(sender.room);
        draft.add(new Store.Change.Taken(sender.id, seq), () -> sender.take(seq));
        Message message = new Message.Signalled(sender.id, new Source(sender.epoch(), seq), signal);
        if (signal.to() == null) {
            draft.postToOthers(sender, message);
        } else {
            postTo(signal.to(), draft, sender, message);
        }
        draft.then(() -> acknowledge(sender));
        return lifecycle.write(draft, () -> fail(sender));
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
        List<Long> seqs = List.of(sender.cursor() + 1);
        draft.post(sender, new Message.Undeliverable(to, seqs, obstacle));
    }

    private static void acknowledge(Session sender) {
        if (sender.isResumable()) {
            sender.holder().ifPresent(holder -> holder.connection.acknowledge(sender.id, sender.cursor()));
        }
    }

    private static void fail(Session sender) {
        Long cursor = sender.isResumable() ? sender.cursor() : null;
        sender.tell(new Notice.Rejected(sender.id, Notice.Rejection.STORE_FAILED, cursor));
    }
}
