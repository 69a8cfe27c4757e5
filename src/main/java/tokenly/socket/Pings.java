package tokenly.socket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** The pings of one connection, and their answers: each bears how many bytes were sent before it. Thread-safe. */
final class Pings {

    private final Socket socket;
    private final Outbox outbox;

    Pings(Socket socket, Outbox outbox) {
        this.socket = socket;
        this.outbox = outbox;
    }

    /** Since when a send, or a ping, is under way. */
    Optional<Duration> sendingSince() {
        return outbox.sendingSince().or(socket::pingingSince);
    }

    /** Sends one; false if that has to wait: behind a send that is under way, or for a thread. */
    boolean send() {
        boolean isFree = sendingSince().isEmpty() && !areUnsent();
        if (isFree) {
            socket.ping(outbox.mark());
        }
        return isFree;
    }

    /** Whether the last one still waits for a thread. */
    boolean areUnsent() {
        return socket.hasUnsentPing();
    }

    /** A pong has come with that payload; whether it answers a ping of ours. */
    boolean answered(ByteBuffer payload) {
        return payload.remaining() == Long.BYTES && outbox.answered(payload.getLong(payload.position()));
    }
}
