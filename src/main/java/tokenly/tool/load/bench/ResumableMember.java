package tokenly.tool.load.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tokenly.tool.load.ws.Client;
import tokenly.tool.load.ws.Connection;
import tokenly.tool.server.JsonObject;

/** A resumable peer of Tokenly (PROTOCOL.md): it numbers what it sends, acknowledges what it gets, and takes acks. */
final class ResumableMember extends Member {

    /** As the JavaScript client does it; the protocol allows 20 ms. */
    private static final Duration ACK_DELAY = Duration.ofMillis(10);

    private long received; // the highest number of the mailbox
    private boolean isOwing; // an ack, and a task is there to pay it
    private long answeredFor;

    ResumableMember(Client client, Seat seat, Ears ears) {
        super(client, seat, ears);
    }

    /** The server speaks first. */
    @Override
    public void opened(Connection connection) {}

    @Override
    public void text(ByteBuffer utf8) {
        switch (Scan.kind(utf8)) {
            case Scan.MESSAGE -> heard(utf8);
            case Scan.ACK -> answeredFor = Scan.lastNumber(utf8);
            default -> take(JsonObject.parse(StandardCharsets.UTF_8.decode(utf8).toString()));
        }
    }

    private void heard(ByteBuffer utf8) {
        if (process(Scan.seq(utf8))) {
            ears().heard();
        }
    }

    /** What does not come by the hundred thousand. */
    private void take(JsonObject frame) {
        switch (frame.type()) {
            case "welcome" -> send(Frames.create(seat()));
            case "peer-created" -> created(Boolean.TRUE.equals(frame.get("success")));
            case "peer-joined", "peer-away", "peer-back", "peer-left" -> process(Frames.seq(frame));
            default -> ears().failed("error".equals(frame.type()) ? String.valueOf(frame.get("code")) : frame.type());
        }
    }

    private void created(boolean isSuccess) {
        if (isSuccess) {
            ears().joined();
        } else {
            ears().failed("refused");
        }
    }

    /** Whether it is the next one of the mailbox. */
    private boolean process(long seq) {
        if (seq != received + 1) {
            ears().failed("out-of-order");
            return false;
        }
        received = seq;
        if (!isOwing) {
            isOwing = true;
            client().after(ACK_DELAY, this::acknowledge);
        }
        return true;
    }

    private void acknowledge() {
        isOwing = false;
        send(Frames.ack(seat().session(), received));
    }

    @Override
    long answeredFor() {
        return answeredFor;
    }
}
