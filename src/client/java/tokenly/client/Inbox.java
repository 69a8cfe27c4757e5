package tokenly.client;

import java.util.List;
import java.util.function.Consumer;
import tokenly.client.json.JsonObject;

/** Hands the messages of one mailbox to its listener: each once, in order. */
final class Inbox {

    private final String session;
    private final PeerListener listener;
    private final SeqRule seqs = new SeqRule();
    private final SourceRule sources = new SourceRule();

    Inbox(String session, PeerListener listener) {
        this.session = session;
        this.listener = listener;
    }

    /** The highest mailbox number that was processed, 0 for none. */
    long received() {
        return seqs.processed();
    }

    /** A new epoch; who is in the room is not known yet. */
    void restart(long received) {
        seqs.restart(received);
    }

    /** A new epoch in a room with {@code peers}, in which {@code received} is processed. */
    void restart(List<String> peers, long received) {
        seqs.restart(received);
        sources.forgetAllBut(peers);
    }

    /**
     * Processes a mailbox message, or drops it if that was done before.
     *
     * @throws ServerFault if one before it is missing, or it is malformed
     */
    void take(String type, JsonObject message) {
        long seq = Fields.whole(message, "seq");
        switch (seqs.judge(seq)) {
            case NEXT -> {
                Runnable call = call(type, message, seq);
                SafeCall.call(session, call);
                seqs.processed(seq);
            }
            case GAP -> throw new ServerFault("seq " + seq + " comes after " + seqs.processed());
            case OLD -> {}
        }
    }

    private Runnable call(String type, JsonObject message, long seq) {
        return switch (type) {
            case "peer-joined" -> about(message, listener::joined);
            case "peer-away" -> about(message, listener::away);
            case "peer-back" -> about(message, listener::back);
            case "peer-restarted" -> {
                String reason = Fields.text(message, "reason");
                yield about(message, peer -> listener.restarted(peer, reason));
            }
            case "peer-left" -> {
                String reason = Fields.text(message, "reason");
                yield about(message, peer -> {
                    sources.forget(peer);
                    listener.left(peer, reason);
                });
            }
            case "undeliverable" -> undeliverable(message);
            default ->
                Signal.Kind.of(type).map(kind -> signal(kind, message, seq)).orElse(() -> {});
        };
    }

    private static Runnable about(JsonObject message, Consumer<String> call) {
        String peer = Fields.text(message, "peer");
        return () -> call.accept(peer);
    }

    private Runnable undeliverable(JsonObject message) {
        String to = Fields.text(message, "to");
        String reason = Fields.text(message, "reason");
        List<Long> seqs = Fields.wholes(message, "seqs");
        return () -> listener.undeliverable(to, seqs, reason);
    }

    private Runnable signal(Signal.Kind kind, JsonObject message, long seq) {
        JsonObject source = Fields.object(message, "source");
        Delivery delivery = new Delivery(
                kind,
                Fields.text(message, "from"),
                message.text("to").orElse(null),
                seq,
                new Receipt(Fields.text(source, "epoch"), Fields.whole(source, "seq")),
                message.without(Signal.RESERVED));
        return sources.accepts(delivery.from(), delivery.source()) ? () -> listener.signal(delivery) : () -> {};
    }
}
