package tokenly.tool.load;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Polling;
import tokenly.tool.server.StatusProbe;

/**
 * What {@code /status} is to show.
 *
 * @param state as on the wire; null if any will do
 * @param activeSessions sessions that exist, connected or waiting
 */
record Expectation(@Nullable String state, int activeSessions) {

    /** While any connection is open, ours or another's. */
    static final String CONNECTED = "connected";

    static final String RECONNECTING = "reconnecting";
    static final String DISCONNECTED = "disconnected";

    boolean isMetBy(StatusProbe status) {
        return status.activeSessions() == activeSessions && (state == null || state.equals(status.state()));
    }

    /** Asks until it is met or {@code limit} is over; returns the last answer, empty if none came. */
    Optional<StatusProbe> await(URI status, Duration limit) {
        AtomicReference<@Nullable StatusProbe> last = new AtomicReference<>();
        Polling.until(limit, () -> {
            Optional<StatusProbe> answer = StatusProbe.askIfItAnswers(status);
            last.set(answer.orElse(null));
            return answer.filter(this::isMetBy).isPresent();
        });
        return Optional.ofNullable(last.get());
    }
}
