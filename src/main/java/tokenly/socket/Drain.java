package tokenly.socket;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import tokenly.wire.Encoder;

/** What a client is told when the server stops: after how many ms to come again. Clients are spread over the time that a start takes. */
record Drain(long retryAfterMillis) {

    private static final long MIN_RETRY_MILLIS = 500;
    private static final long MAX_RETRY_MILLIS = 2_500;

    /** For one client. */
    static Drain some() {
        return new Drain(ThreadLocalRandom.current().nextLong(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS));
    }

    String frame() {
        return Encoder.drain(Duration.ofMillis(retryAfterMillis));
    }

    /** Of the close that follows. */
    String reason() {
        return "retry_after_ms=" + retryAfterMillis;
    }
}
