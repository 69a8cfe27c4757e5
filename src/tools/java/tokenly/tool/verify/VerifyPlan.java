package tokenly.tool.verify;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tokenly.tool.server.AccessToken;
import tokenly.tool.verify.schedule.FaultKind;

/**
 * What a run is to be.
 *
 * @param length for which signals are sent
 * @param rate signals per second of all sessions together; 0 for as many as possible
 * @param seed of the schedule of faults, and of who sends to whom
 * @param kinds of faults
 * @param nodes of a cluster that the run starts; 0 for a server without a cluster
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
        int nodes,
        Optional<URI> rtc,
        AccessToken token) {

    public VerifyPlan {
        kinds = Set.copyOf(kinds);
    }

    /** Whether a fault of that kind can be done to the server that the run is about. */
    public boolean allows(FaultKind kind) {
        return (rtc.isEmpty() || !kind.needsOwnServer()) && (nodes > 0 || !kind.needsNodes());
    }

    /** The same without the faults that it does not {@link #allows}. */
    public VerifyPlan withPossibleKinds() {
        Set<FaultKind> possible = kinds.stream().filter(this::allows).collect(Collectors.toSet());
        return new VerifyPlan(length, sessions, roomsOf, rate, seed, possible, nodes, rtc, token);
    }
}
