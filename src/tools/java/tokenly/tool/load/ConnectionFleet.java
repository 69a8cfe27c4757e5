package tokenly.tool.load;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import tokenly.tool.load.ws.WebSocketClient;

/** All peers of a run. For one thread. */
final class ConnectionFleet {

    private final WebSocketClient client;
    private final List<Peer> peers;

    ConnectionFleet(Plan plan, WebSocketClient client) {
        this.client = client;
        this.peers = IntStream.range(0, plan.connections())
                .mapToObj(i -> new Peer(plan.sessionId(i), plan.roomId(i)))
                .toList();
    }

    int outside() {
        return count(Peer::isOutside);
    }

    int inside() {
        return count(Peer::shouldBeInside);
    }

    private int count(Predicate<Peer> who) {
        return (int) peers.stream().filter(who).count();
    }

    /** All that are outside connect and create their sessions. */
    void enter(Round round) throws InterruptedException {
        each(Peer::isOutside, round, peer -> peer.enter(client, round));
    }

    /** The connections of all that are inside end without a word. */
    void drop(Round round) throws InterruptedException {
        each(Peer::shouldBeInside, round, peer -> peer.drop(round));
    }

    /** All that are inside say goodbye. */
    void leave(Round round) throws InterruptedException {
        each(Peer::shouldBeInside, round, peer -> peer.leave(round));
    }

    /** Takes the peers through {@code round}; where it stalls, those under way and those not begun have failed. */
    private void each(Predicate<Peer> who, Round round, Consumer<Peer> step) throws InterruptedException {
        List<Peer> chosen = peers.stream().filter(who).toList();
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
            chosen.subList(0, begun).forEach(Peer::giveUp);
        }
    }
}
