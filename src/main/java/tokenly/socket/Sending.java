package tokenly.socket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.concurrent.atomic.AtomicBoolean;

/** One send of an outbox. It may be over before the call returns; of the caller and the handler, the one that comes second goes on. */
final class Sending implements SendHandler {

    private final Outbox outbox;
    private final Backlog.Frame frame;
    private final AtomicBoolean isFirst = new AtomicBoolean(true);

    Sending(Outbox outbox, Backlog.Frame frame) {
        this.outbox = outbox;
        this.frame = frame;
    }

    String text() {
        return frame.text();
    }

    boolean arrivesFirst() {
        return isFirst.getAndSet(false);
    }

    @Override
    public void onResult(SendResult result) {
        if (!result.isOK()) {
            outbox.fail(result.getException());
            return;
        }
        outbox.landed(frame);
        if (!arrivesFirst()) {
            outbox.sendWaiting(0);
        }
    }
}
