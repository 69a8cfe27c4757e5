package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tokenly.tool.Polling;
import tokenly.tool.server.StatusProbe;

/**
 * What a server keeps during an attack and after it: good clients lose nothing, newcomers get in, the attacker is told by name,
 * and nothing is left behind. How long messages took is printed, and proves nothing here.
 */
@ExtendWith(AttackReport.class)
abstract class AttackContract {

    /** Messages that make up a quiet run: about a second of it. */
    private static final int QUIET_MESSAGES = 400;

    /** So many at least are measured during an attack; it may be over sooner. */
    private static final int MESSAGES = 200;

    /** For the window, and for a busy machine to clean up; no test passes because it is reached. */
    private static final Duration LIMIT = Scale.resumeWindow().plusSeconds(60);

    private static final Duration TOLD_LIMIT = Duration.ofSeconds(15);

    private static final AtomicInteger NETS = new AtomicInteger(10);

    private final int net = NETS.incrementAndGet(); // attackers of another kind are at other addresses
    private final NamedRefusals told = new NamedRefusals();
    private final List<RawClient> attackers = new ArrayList<>();
    private final HostileServer server;
    private final GoodClients good;

    AttackContract() {
        this(HostileServer.shared());
    }

    AttackContract(HostileServer server) {
        this.server = server;
        this.good = GoodClients.start(server);
    }

    /** Returns when it is over; whatever it has connected by {@link #attacker} is still open then. */
    abstract void attack() throws Exception;

    @Test
    void theOthersGoOnAndNothingIsLeft() throws Exception {
        AttackReport.Row row = AttackReport.row(getClass().getSimpleName().replace("IT", ""));
        try (good) {
            awaitSessions();
            row.quiet(good.lap(QUIET_MESSAGES));
            Footprint before = Footprint.of(server);
            row.before(before);
            good.lap(1);
            attack();
            row.during(good.lap(MESSAGES));
            row.waits(good.waits());
            assertThat(server.isServing()).as("the server answers").isTrue();
            good.assertANewcomerGetsIn();
            endAttackers();
            row.after(awaitNothingLeft(before));
            good.assertNothingIsLost();
        } finally {
            row.told(told);
            endAttackers();
        }
    }

    final HostileServer server() {
        return server;
    }

    final GoodClients good() {
        return good;
    }

    /** By what names the server has refused things to the attackers of this kind. */
    final NamedRefusals told() {
        return told;
    }

    /** Waits until the server has refused something by that name. */
    final void assertTold(String name) {
        Polling.until(TOLD_LIMIT, () -> told.has(name));
        assertThat(told.has(name)).as("the attacker is told %s: %s", name, told).isTrue();
    }

    final InetAddress address(int number) {
        return HostileServer.loopback(net, number);
    }

    /** A resumable connection from the address of that number. */
    final RawClient attacker(int number) throws IOException {
        return attacker(number, 0, RawClient.BATCHED);
    }

    final RawClient attacker(int number, int receiveBuffer, String subprotocol) throws IOException {
        RawClient attacker = RawClient.connect(server, address(number), told, receiveBuffer, subprotocol);
        attackers.add(attacker);
        return attacker;
    }

    /** Kills the server as {@code kill -9} does, and starts it on what its store holds. */
    final void killAndStart() {
        good.expectLosses();
        server.kill();
        server.start();
    }

    /** The same, with half the heap. */
    final void killAndStartSmaller() {
        good.expectLosses();
        server.kill();
        server.start(Scale.smallerHeap());
    }

    private void endAttackers() throws IOException {
        for (RawClient attacker : attackers) {
            attacker.leave();
        }
        attackers.clear();
    }

    private void awaitSessions() throws IOException, InterruptedException {
        assertThat(Polling.until(LIMIT, () -> sessions() == GoodClients.COUNT))
                .as("there are the good clients' sessions alone, but there are %d", sessions())
                .isTrue();
    }

    private int sessions() {
        return StatusProbe.of(server.process()).activeSessions();
    }

    /** Waits until the server holds about what it held before. */
    private Footprint awaitNothingLeft(Footprint before) throws IOException, InterruptedException {
        awaitSessions();
        List<Footprint> looks = new ArrayList<>();
        Polling.until(LIMIT, () -> {
            looks.add(look());
            return excess(before, looks.get(looks.size() - 1)).isEmpty();
        });
        Footprint last = looks.get(looks.size() - 1);
        assertThat(excess(before, last)).as("what is left behind").isEmpty();
        return last;
    }

    private Footprint look() {
        try {
            return Footprint.of(server);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a server was looked at", interrupted);
        }
    }

    private static List<String> excess(Footprint before, Footprint after) {
        List<String> excess = new ArrayList<>();
        addExcess("sessions", before.sessions(), after.sessions(), 1.0, excess);
        addExcess("sockets", before.sockets(), after.sockets(), 1.3, excess);
        addExcess(
                "threads",
                before.threads(),
                after.threads(),
                5.0,
                excess); // Jetty ends one of its idle threads a minute
        addExcess("bytes of heap", before.heapBytes(), after.heapBytes(), 1.5, excess);
        addExcess("files", before.files(), after.files(), 3.0, excess);
        return excess;
    }

    private static void addExcess(String what, long before, long after, double factor, List<String> excess) {
        if (after > before * factor) {
            excess.add(after + " " + what + ", before " + before);
        }
    }
}
