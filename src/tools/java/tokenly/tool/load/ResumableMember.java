package tokenly.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.load.ws.WebSocketConnection;
import tokenly.tool.server.JsonDocument;

/** A resumable peer of Tokenly (PROTOCOL.md): it numbers what it sends, acknowledges what it gets, and takes acks. */
final class ResumableMember extends BenchPeer {

    /** As the JavaScript client does it; the protocol allows 20 ms. */
    private static final Duration ACK_DELAY = Duration.ofMillis(10);

    private String epoch = ""; // empty until the session is created
    private int attempt;
    private long received; // the highest number of the mailbox
    private boolean isAckDue; // and a task is there that sends it
    private long answeredFor;

    ResumableMember(WebSocketClient client, PeerAddress address, BenchListener listener) {
        super(client, address, listener);
    }

    /** The server speaks first. */
    @Override
    public void opened(WebSocketConnection connection) {
        attempt++;
    }

    @Override
    public void text(ByteBuffer utf8) {
        switch (Scan.kind(utf8)) {
            case Scan.MESSAGE -> heard(utf8);
            case Scan.ACK -> answeredFor = Scan.lastNumber(utf8);
            case Scan.WELCOME -> welcome();
            default ->
                take(JsonDocument.parse(StandardCharsets.UTF_8.decode(utf8).toString()));
        }
    }

    private void heard(ByteBuffer utf8) {
        if (process(Scan.seq(utf8))) {
            listener().heard();
        }
    }

    private void welcome() {
        send(
                epoch.isEmpty()
                        ? ResumableFrames.create(address(), attempt)
                        : ResumableFrames.resume(address(), attempt, epoch, received, sent()));
    }

    @Override
    void sayGoodbye() {
        send(ResumableFrames.leave());
    }

    /** What does not come by the hundred thousand. */
    private void take(JsonDocument frame) {
        switch (frame.type()) {
            case "peer-created" -> admitted(frame, true, frame.get("success"), "refused");
            case "resumed" -> admitted(frame, "resumed", frame.get("outcome"), "not-resumed");
            case "pong" -> listener().joined();
            case "peer-joined", "peer-away", "peer-back", "peer-left" -> process(ResumableFrames.seq(frame));
            case "peer-destroyed" -> {} // it has left
            case "authenticated", "token-expiring" -> {} // a run is over before
            case "undeliverable" -> undeliverable(frame);
            default ->
                listener().failed("error".equals(frame.type()) ? String.valueOf(frame.get("code")) : frame.type());
        }
    }

    /** The other may leave before it has acknowledged the last message. */
    private void undeliverable(JsonDocument frame) {
        if ("left".equals(frame.get("reason"))) {
            process(ResumableFrames.seq(frame));
        } else {
            listener().failed(frame.type());
        }
    }

    private void admitted(JsonDocument frame, Object wanted, @Nullable Object outcome, String otherwise) {
        if (wanted.equals(outcome) && frame.get("epoch") instanceof String given) {
            epoch = given;
            listener().joined();
        } else {
            listener().failed(otherwise);
        }
    }

    /** Whether it is the next one of the mailbox. */
    private boolean process(long seq) {
        if (seq != received + 1) {
            listener().failed("out-of-order");
            return false;
        }
        received = seq;
        if (!isAckDue) {
            isAckDue = true;
            client().after(ACK_DELAY, this::acknowledge);
        }
        return true;
    }

    private void acknowledge() {
        isAckDue = false;
        send(ResumableFrames.ack(address().session(), received));
    }

    @Override
    void ask() {
        send(ResumableFrames.PING);
    }

    @Override
    long answeredFor() {
        return answeredFor;
    }
}
