package tokenly.tool.verify;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tokenly.tool.server.AccessToken;
import tokenly.tool.verify.schedule.FaultKind;

/**
 * What a run is to be.
 *
 * @param length for which signals are sent
 * @param rate signals per second of all sessions together; 0 for as many as possible
 * @param seed of the schedule of faults, and of who sends to whom
 * @param kinds of faults
 * @param rtc of the server to use; if absent, the run starts its own
 * @param token for that server
 */
public record VerifyPlan(
        Duration length,
        int sessions,
        int roomsOf,
        int rate,
        long seed,
        Set<FaultKind> kinds,
        Optional<URI> rtc,
        AccessToken token) {

    public VerifyPlan {
        kinds = Set.copyOf(kinds);
    }
}
