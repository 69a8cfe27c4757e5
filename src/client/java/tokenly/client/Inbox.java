package tokenly.client;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import tokenly.client.json.JsonObject;

/** Hands the messages of one mailbox to its listener: each once, in order. */
final class Inbox {

    /** What the server's list of all peers replaces. */
    private static final Set<String> OF_PRESENCE = Set.of("peer-joined", "peer-away", "peer-back", "peer-left");

    private final String session;
    private final PeerListener listener;
    private final SeqRule seqs = new SeqRule();
    private final SourceRule sources = new SourceRule();
    private final Presence presence;

    Inbox(String session, PeerListener listener) {
        this.session = session;
        this.listener = listener;
        this.presence = new Presence(session, listener, sources);
    }

    /** Who is in the room. */
    Presence presence() {
        return presence;
    }

    /** The highest mailbox number that was processed, 0 for none. */
    long received() {
        return seqs.processed();
    }

    /** A new epoch; who is in the room is not known yet. */
    void restart(long received) {
        seqs.restart(received);
    }

    /** A new epoch in a room with those of {@code room}. */
    void restart(Snapshot room) {
        seqs.restart(0);
        sources.forgetAllBut(room.peers());
        presence.begin(room);
    }

    /** The server has forgotten the session, with all that is in its room. */
    void forget() {
        seqs.restart(0);
        sources.forgetAllBut(List.of());
        presence.clear();
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
        if (OF_PRESENCE.contains(type) && presence.isOld(seq)) {
            return () -> {};
        }
        return switch (type) {
            case "peer-joined" -> about(message, presence::joined);
            case "peer-away" -> about(message, presence::away);
            case "peer-back" -> about(message, presence::back);
            case "peer-restarted" -> {
                String reason = Fields.text(message, "reason");
                yield presence.isOld(seq)
                        ? about(message, (peer, incarnation) -> presence.restartedBefore(peer, incarnation, reason))
                        : about(message, (peer, incarnation) -> presence.restarted(peer, incarnation, reason));
            }
            case "peer-left" -> {
                String reason = Fields.text(message, "reason");
                yield about(message, (peer, incarnation) -> presence.left(peer, reason));
            }
            case "undeliverable" -> undeliverable(message);
            default ->
                Signal.Kind.of(type).map(kind -> signal(kind, message, seq)).orElse(() -> {});
        };
    }

    private static Runnable about(JsonObject message, BiConsumer<String, String> call) {
        String peer = Fields.text(message, "peer");
        String incarnation = message.text("incarnation").orElse(""); // an older server has none
        return () -> call.accept(peer, incarnation);
    }

    private Runnable undeliverable(JsonObject message) {
        String to = message.text("to").orElse(null);
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
                message.without(Signal.NOT_OPAQUE));
        return sources.accepts(delivery.from(), delivery.source()) ? () -> listener.signal(delivery) : () -> {};
    }
}
