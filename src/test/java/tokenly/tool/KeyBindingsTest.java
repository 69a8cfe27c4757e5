package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.text.UsageException;

class KeyBindingsTest {

    private final FaultProxy proxy;
    private final FakeReport report = new FakeReport();

    KeyBindingsTest() throws IOException {
        proxy = FaultProxy.start(0, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private static final class FakeReport implements FaultsReport {

        private final List<String> said = new ArrayList<>();

        @Override
        public void listening(FaultProxy proxy, long seed, Optional<InetSocketAddress> api) {
            said.add("listening");
        }

        @Override
        public void state(FaultProxy proxy) {
            said.add("state");
        }

        @Override
        public void complain(UsageException complaint) {
            said.add(String.valueOf(complaint.getMessage()));
        }

        @Override
        public void unreachable(InetSocketAddress target) {
            said.add("unreachable");
        }

        @Override
        public String progress(FaultProxy proxy) {
            return "";
        }
    }

    private List<String> faults() {
        return proxy.faults().stream().map(Fault::toString).toList();
    }

    @Test
    void dAndBAndLPutTheirFaultOnAndOff() {
        KeyBindings bindings = new KeyBindings(proxy, report, List.of());
        bindings.key('d');
        bindings.key('b');
        bindings.key('l');
        assertThat(faults()).containsExactly("down", "timeout=0", "latency=100ms,jitter=20ms");
        bindings.key('d');
        assertThat(faults()).containsExactly("timeout=0", "latency=100ms,jitter=20ms");
        bindings.key('b');
        bindings.key('l');
        assertThat(faults()).isEmpty();
    }

    @Test
    void lTakesTheLatencyOfTheCommandLine() {
        Fault given = Fault.parse("downstream:latency=3s");
        KeyBindings bindings = new KeyBindings(proxy, report, List.of(Fault.parse("timeout=1s"), given));
        proxy.add(given);
        bindings.key('l');
        assertThat(faults()).isEmpty();
        bindings.key('l');
        assertThat(faults()).containsExactly("downstream:latency=3s");
    }

    @Test
    void cClearsEverythingAndSTellsTheState() {
        KeyBindings bindings = new KeyBindings(proxy, report, List.of());
        bindings.line("d");
        bindings.line(" upstream:bandwidth=1kb ");
        bindings.line("c");
        bindings.line("s");
        assertThat(faults()).isEmpty();
        assertThat(report.said).containsExactly("state");
    }

    @Test
    void qIsTheEnd() {
        KeyBindings bindings = new KeyBindings(proxy, report, List.of());
        assertThat(bindings.isDone()).isFalse();
        bindings.key('q');
        assertThat(bindings.isDone()).isTrue();
    }

    @Test
    void rResetsThePresentConnections() throws IOException {
        try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FaultProxy leading = FaultProxy.start(0, (InetSocketAddress) target.getLocalSocketAddress());
                Socket client = new Socket(leading.address().getAddress(), leading.port());
                Socket server = target.accept()) {
            new KeyBindings(leading, report, List.of()).key('r');
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> client.getInputStream().read());
            assertThat(server.isConnected()).isTrue();
        }
    }

    @Test
    void anotherKeyIsAnsweredWithTheKeys() {
        new KeyBindings(proxy, report, List.of()).key('x');
        assertThat(report.said).singleElement().asString().startsWith("Keys:");
    }

    @Test
    void linesAreReadUntilTheQuitAndNoFurther() throws IOException {
        byte[] lines = "d\r\nslow_close=1s\n\nq\nb\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayInputStream in = new ByteArrayInputStream(lines);
        new Keyboard(in, Optional.empty()).steer(new KeyBindings(proxy, report, List.of()));
        assertThat(faults()).containsExactly("down", "slow_close=1s");
        assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("b\n");
    }
}
