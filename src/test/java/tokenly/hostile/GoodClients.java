package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tokenly.tool.Polling;
import tokenly.tool.load.Percentiles;

/**
 * Ten pairs of good clients, each pair at an address of its own, that exchange numbered messages both ways until they are
 * closed. For one test thread.
 */
final class GoodClients implements AutoCloseable {

    static final int COUNT = 20;

    /** A part of the network where no attacker is. */
    private static final int NET = 1;

    private static final int NEWCOMERS_HOST = 100;
    private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(40);

    /** For a busy machine, and a restart; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final HostileServer server;
    private final List<GoodPeer> peers = new ArrayList<>(); // partners stand beside each other
    private final List<Long> nanos = new ArrayList<>(); // of the messages since the last lap; guarded by itself
    private final Thread clock = new Thread(this::talk, "good-clients");
    private volatile boolean isTalking = true;
    private volatile boolean isClosed;

    private GoodClients(HostileServer server) {
        this.server = server;
        String group = "good-" + NUMBER.incrementAndGet();
        for (int i = 0; i < COUNT; i++) {
            String name = group + "-" + i;
            String partner = group + "-" + (i ^ 1);
            String room = group + "-" + i / 2;
            peers.add(new GoodPeer(
                    server, HostileServer.loopback(NET, 1 + i / 2), name, partner, room, this::noteArrival));
        }
    }

    /** Returns once all are there, and talking. */
    static GoodClients start(HostileServer server) {
        GoodClients clients = new GoodClients(server);
        assertThat(Polling.until(LIMIT, () -> clients.peers.stream().allMatch(GoodPeer::isAttached)))
                .as("all good clients are connected; faults %s", clients.faults())
                .isTrue();
        clients.clock.setDaemon(true);
        clients.clock.start();
        return clients;
    }

    /** How long messages took since the last lap; waits until there are {@code atLeast}. */
    Percentiles lap(int atLeast) {
        assertThat(Polling.until(LIMIT, () -> arrived() >= atLeast))
                .as("%d messages arrive, but %d have; faults %s", atLeast, arrived(), faults())
                .isTrue();
        synchronized (nanos) {
            Percentiles percentiles = Percentiles.of(
                            nanos.stream().mapToLong(Long::longValue).toArray())
                    .orElseThrow();
            nanos.clear();
            return percentiles;
        }
    }

    /** From now on a lost connection is no fault: the server is about to be killed. */
    void expectLosses() {
        peers.forEach(GoodPeer::mayLoseConnections);
    }

    /** Sends no more, and waits for what is on its way: each message has come once and in order, and nothing else was met. */
    void assertNothingIsLost() {
        isTalking = false;
        Polling.until(LIMIT, () -> lost().isEmpty());
        assertThat(lost()).as("messages that did not come; faults %s", faults()).isEmpty();
        assertThat(faults()).as("what good clients met").isEmpty();
    }

    /** One more good client, at another address, gets a session, and leaves. */
    void assertANewcomerGetsIn() {
        String name = "newcomer-" + NUMBER.incrementAndGet();
        GoodPeer newcomer =
                new GoodPeer(server, HostileServer.loopback(NET, NEWCOMERS_HOST), name, name, name, latency -> {});
        try {
            assertThat(Polling.until(LIMIT, newcomer::isAttached))
                    .as("a newcomer gets in; it met %s", newcomer.faults())
                    .isTrue();
        } finally {
            newcomer.leave();
        }
    }

    /** How often the server asked them to wait and send again. */
    int waits() {
        return peers.stream().mapToInt(GoodPeer::waits).sum();
    }

    @Override
    public void close() {
        isClosed = true;
        peers.forEach(GoodPeer::leave);
    }

    private void talk() {
        while (!isClosed) {
            peers.forEach(isTalking ? GoodPeer::send : GoodPeer::sendAgainIfDue);
            Polling.pass(BETWEEN_MESSAGES);
        }
    }

    private void noteArrival(long latency) {
        synchronized (nanos) {
            nanos.add(latency);
        }
    }

    private int arrived() {
        synchronized (nanos) {
            return nanos.size();
        }
    }

    private List<String> faults() {
        return peers.stream().flatMap(peer -> peer.faults().stream()).distinct().toList();
    }

    private List<String> lost() {
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            long sent = peers.get(i).sent();
            long arrived = peers.get(i ^ 1).arrived();
            if (arrived != sent) {
                lost.add("of " + sent + " from " + i + " came " + arrived);
            }
        }
        return lost;
    }
}
