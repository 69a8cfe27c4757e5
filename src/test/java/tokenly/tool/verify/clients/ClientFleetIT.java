package tokenly.tool.verify.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tokenly.client.ClientState;
import tokenly.tool.Polling;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.EventText;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.Terms;
import tokenly.tool.verify.history.Topology;
import tokenly.tool.verify.schedule.FaultSchedule;

/** What clients do in concert, on a real server. */
class ClientFleetIT {

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Map<String, String> SETTINGS =
            Map.of("TOKENLY_RECONNECT_INITIAL_DELAY_MS", "100", "TOKENLY_RECONNECT_MAX_DELAY_MS", "100");

    /** A session that has a client of its own. */
    private static final int SESSION = 1;

    private final History history = new History(
            new Topology(2, 2),
            new Terms(Duration.ofMinutes(1), 10, 10, true, false),
            FaultSchedule.calm(2),
            () -> Duration.ZERO);
    private final Queue<URI> routes = new ConcurrentLinkedQueue<>(); // of the session's clients to come
    private final TokenlyServer server =
            TokenlyServer.of(ServerKind.JETTY, SETTINGS).start();
    private final ClientFleet fleet = new ClientFleet(
            history, new Recorder(history), new Routes(this::route, server.rtc(), AccessToken.NONE), "run");

    private FaultProxy first;
    private FaultProxy second;

    @BeforeEach
    void start() throws IOException {
        first = proxy();
        second = proxy();
        fleet.enter();
    }

    @AfterEach
    void end() {
        fleet.close();
        first.close();
        second.close();
        server.close();
    }

    private FaultProxy proxy() throws IOException {
        FaultProxy proxy = FaultProxy.start(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        routes.add(URI.create("ws://127.0.0.1:" + proxy.port() + "/rtc"));
        return proxy;
    }

    private URI route(int group) {
        URI next = group == SESSION ? routes.poll() : null;
        return next == null ? server.rtc() : next;
    }

    private static void until(BooleanSupplier isReached) {
        assertThat(Polling.until(LIMIT, isReached)).isTrue();
    }

    private List<String> written(EventKind... kinds) {
        EventText words = new EventText(history);
        List<String> lines = new ArrayList<>();
        history.each(event -> {
            if (List.of(kinds).contains(event.kind())) {
                lines.add(words.what(event));
            }
        });
        return lines;
    }

    /** The second instance is cut off when it should leave, and the first, which does not know it, takes the session back. */
    @Test
    void aNameChangesHandsOnceAllWhoHaveItsKeyHaveLeft() {
        Fault down = Fault.parse("down");
        first.add(down);
        until(() -> fleet.clients(List.of(SESSION)).get(0).state() != ClientState.CONNECTED);
        fleet.takeOver(SESSION);
        until(() -> fleet.program(SESSION).isOn() && fleet.program(SESSION).instance() != SESSION);

        second.add(Fault.parse("upstream:timeout=0"));
        fleet.changeOwner(SESSION);
        first.remove(down.name());
        until(() -> fleet.program(SESSION).isOn()
                || !written(EventKind.DENIED, EventKind.ENDED).isEmpty());

        assertThat(written(EventKind.TAKEN_OVER, EventKind.LEFT, EventKind.DENIED, EventKind.ENDED))
                .containsExactly("s1' was told that it is taken over", "s1 left");
        assertThat(fleet.program(SESSION).attachedOn()).isEqualTo(1);
    }
}
