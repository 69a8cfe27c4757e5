package tokenly.tool.load;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tokenly.tool.load.ws.WebSocketClient;

/** All peers of a run. For one thread. */
final class ConnectionFleet {

    private final WebSocketClient client;
    private final List<LoadSession> peers;

    ConnectionFleet(ConnectionsPlan plan, WebSocketClient client) {
        this.client = client;
        this.peers = IntStream.range(0, plan.connections())
                .mapToObj(i -> new LoadSession(plan.sessionId(i), plan.roomId(i)))
                .toList();
    }

    int outside() {
        return count(LoadSession::isOutside);
    }

    int inside() {
        return count(LoadSession::shouldBeInside);
    }

    private int count(Predicate<LoadSession> who) {
        return (int) peers.stream().filter(who).count();
    }

    /** All that are outside connect and create their sessions. */
    void enter(PhaseRun round) throws InterruptedException {
        each(LoadSession::isOutside, round, peer -> peer.enter(client, round));
    }

    /** The connections of all that are inside end without a word. */
    void drop(PhaseRun round) throws InterruptedException {
        each(LoadSession::shouldBeInside, round, peer -> peer.drop(round));
    }

    /** All that are inside say goodbye. */
    void leave(PhaseRun round) throws InterruptedException {
        each(LoadSession::shouldBeInside, round, peer -> peer.leave(round));
    }

    /** Takes the peers through {@code round}; where it stalls, those under way and those not begun have failed. */
    private void each(Predicate<LoadSession> who, PhaseRun round, Consumer<LoadSession> step)
            throws InterruptedException {
        List<LoadSession> chosen = peers.stream().filter(who).toList();
        int begun = 0;
        boolean isStalled = false;
        while (begun < chosen.size() && !isStalled) {
            isStalled = !round.admit();
            if (!isStalled) {
                step.accept(chosen.get(begun++));
            }
        }
        if (isStalled || !round.settle()) {
            round.giveUp(chosen.size() - begun);
            chosen.subList(0, begun).forEach(LoadSession::giveUp);
        }
    }
}
