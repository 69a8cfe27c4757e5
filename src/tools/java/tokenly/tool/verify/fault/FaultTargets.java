package tokenly.tool.verify.fault;

import java.util.List;
import java.util.Optional;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.server.TrialCluster;
import tokenly.tool.verify.clients.ClientFleet;
import tokenly.tool.verify.clients.SignalGenerator;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultSchedule;

/**
 * Whom faults are done to.
 *
 * @param proxies one for each group
 * @param server if it is our own, and no cluster
 * @param cluster if it is one
 * @param mailboxMessages most in a mailbox of the server
 */
public record FaultTargets(
        FaultSchedule schedule,
        ClientFleet fleet,
        SignalGenerator generator,
        List<FaultProxy> proxies,
        Optional<TokenlyServer> server,
        Optional<TrialCluster> cluster,
        int mailboxMessages,
        Recorder recorder) {

    public FaultTargets {
        proxies = List.copyOf(proxies);
    }

    /** Before the group of {@code fault}'s sessions. */
    FaultProxy proxy(FaultEvent fault) {
        return proxies.get(schedule.group(fault.sessions().get(0)));
    }

    /** The server, or the node whose turn it is. */
    TokenlyServer ownServer(FaultEvent fault) {
        return cluster.map(all -> all.nodes().get(fault.number() % all.nodes().size()))
                .or(() -> server)
                .orElseThrow(() -> new IllegalStateException("the server is not ours"));
    }

    TrialCluster ownCluster() {
        return cluster.orElseThrow(() -> new IllegalStateException("this is no cluster"));
    }
}
