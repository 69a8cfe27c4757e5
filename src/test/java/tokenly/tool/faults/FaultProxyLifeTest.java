package tokenly.tool.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a proxy is and stays whatever its faults: its port, its connections, its faults and its end. */
class FaultProxyLifeTest {

    private static final byte[] HELLO = "hello, 방".getBytes(UTF_8);

    @Test
    void downCutsAndRefusesAndThePortComesBack() throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.proxy().add(Fault.parse("down"));
            assertThat(line.receiveAll(Stream.UPSTREAM)).isEmpty();
            assertThat(line.receiveAll(Stream.DOWNSTREAM)).isEmpty();
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> ProxiedLine.connect(line.proxy())).isInstanceOf(ConnectException.class);
            }

            line.proxy().remove("down");
            try (Socket client = ProxiedLine.connect(line.proxy());
                    Socket server = line.target().accept()) {
                client.getOutputStream().write(HELLO);
                assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            }
        }
    }

    @Test
    void downMayBeSaidTwiceUnderTwoNames() throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.proxy().add(FaultDraft.read("{\"type\":\"down\",\"name\":\"maintenance\"}"));
            line.proxy().add(Fault.parse("down"));
            line.proxy().remove("down");
            assertThatThrownBy(() -> ProxiedLine.connect(line.proxy())).isInstanceOf(ConnectException.class);
            line.proxy()
                    .add(FaultDraft.read(
                            "{\"type\":\"latency\",\"name\":\"maintenance\",\"attributes\":{\"latency\":1}}"));
            ProxiedLine.connect(line.proxy()).close();
        }
    }

    @Test
    void resetAllCutsEveryConnectionOnBothSides() throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.proxy().resetAll();
            assertThat(ProxiedLine.isReset(line.client())).isTrue();
            assertThat(ProxiedLine.isReset(line.server())).isTrue();
            ProxiedLine.connect(line.proxy()).close();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void aResetOfOneSideReachesTheOther(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.sender(stream).setSoLinger(true, 0);
            line.sender(stream).close();
            assertThat(ProxiedLine.isReset(line.receiver(stream))).isTrue();
        }
    }

    @Test
    void aReceiverThatIsGoneIsToldToTheSender() throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.server().close();
            assertThat(line.client().getInputStream().read()).isEqualTo(-1);
            assertThatIOException().isThrownBy(() -> {
                while (true) {
                    line.send(Stream.UPSTREAM, HELLO);
                }
            });
        }
    }

    @Test
    void aTargetThatIsAbsentResetsClientsUntilItIsThere() throws IOException {
        ServerSocket reserved = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        InetSocketAddress address = ProxiedLine.address(reserved);
        reserved.close();
        try (FaultProxy proxy = FaultProxy.start(0, address)) {
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(
                            () -> ProxiedLine.connect(proxy).getInputStream().read());
            try (ServerSocket target = new ServerSocket()) {
                target.bind(address);
                try (Socket client = ProxiedLine.connect(proxy);
                        Socket server = target.accept()) {
                    client.getOutputStream().write(HELLO);
                    assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
                }
            }
        }
    }

    @Test
    void faultsApplyToPresentAndLaterConnectionsInTheOrderOfTheirComing() throws IOException {
        try (ProxiedLine line = ProxiedLine.open("latency=1ms", "upstream:blackhole")) {
            line.proxy().add(Fault.parse("upstream:latency=2ms"));
            assertThat(line.proxy().faults().stream().map(Fault::toString))
                    .containsExactly("latency=1ms", "upstream:timeout=0", "upstream:latency=2ms");
            try (Socket client = ProxiedLine.connect(line.proxy());
                    Socket server = line.target().accept()) {
                server.getOutputStream().write(HELLO);
                client.getOutputStream().write(HELLO);
                assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
                line.awaitHeld(Stream.UPSTREAM, HELLO.length);
            }
        }
    }

    @Test
    void aFaultOfTheSameNameReplacesTheOldOne() throws IOException {
        try (ProxiedLine line = ProxiedLine.open("upstream:blackhole")) {
            line.send(Stream.UPSTREAM, HELLO);
            line.awaitHeld(Stream.UPSTREAM, HELLO.length);

            line.proxy().add(Fault.parse("upstream:timeout=1m"));
            assertThat(line.proxy().faults()).hasSize(1);
            assertThat(line.traffic(Stream.UPSTREAM))
                    .as("what the old one held is held by the new one")
                    .isEqualTo(new Traffic(0, HELLO.length));

            line.proxy()
                    .add(FaultDraft.read(
                            "{\"type\":\"timeout\",\"name\":\"timeout_upstream\",\"stream\":\"downstream\"}"));
            assertThat(line.receive(Stream.UPSTREAM, HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void countsAndTellsWhatHappens() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        ProxyEvents events = new ProxyEvents() {
            @Override
            public void opened(ProxiedConnection connection) {
                told.add("opened " + connection.id());
            }

            @Override
            public void closed(ProxiedConnection connection, EndCause cause) {
                told.add("closed " + connection.id() + " " + cause + " "
                        + connection.upstream().passed());
            }

            @Override
            public void added(Fault fault) {
                told.add("added " + fault);
            }

            @Override
            public void removed(Fault fault) {
                told.add("removed " + fault);
            }
        };
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                FaultProxy proxy = FaultProxy.start(anyPort, ProxiedLine.address(target), 1, events)) {
            try (Socket client = ProxiedLine.connect(proxy);
                    Socket server = target.accept()) {
                client.getOutputStream().write(HELLO);
                assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            }
            await().until(() -> told.size() == 2);
            proxy.add(Fault.parse("latency=5ms"));
            proxy.add(Fault.parse("latency=5ms"));
            proxy.clear();
            assertThat(proxy.remove("latency")).isFalse();
            assertThat(told)
                    .containsExactly(
                            "opened 1", "closed 1 ended " + HELLO.length, "added latency=5ms", "removed latency=5ms");
            assertThat(proxy.counters()).isEqualTo(new Counters(0, 1, new Traffic(HELLO.length, 0), Traffic.NONE));
        }
    }

    @Test
    void aTakenPortIsAnExceptionAndLeavesNothingBehind() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long before = proxyThreads();
            assertThatThrownBy(() -> FaultProxy.start(taken.getLocalPort(), ProxiedLine.address(taken)))
                    .isInstanceOf(BindException.class);
            assertThat(proxyThreads()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LATENCY", "DOWN"})
    void aClosedProxyGivesUpThePortItsConnectionsAndItsThread(ToxicKind kind) throws IOException {
        ProxiedLine line = ProxiedLine.open();
        try (line) {
            line.proxy().add(Fault.parse(kind == ToxicKind.DOWN ? "down" : "latency=1m"));
            line.proxy().close();
            line.proxy().close();
            assertThat(line.receiveAll(Stream.UPSTREAM)).isEmpty();
            assertThat(line.receiveAll(Stream.DOWNSTREAM)).isEmpty();
            assertThatIllegalStateException().isThrownBy(line.proxy()::faults);
            FaultProxy.start(line.proxy().port(), line.proxy().target()).close();
        }
        assertThat(proxyThreads()).isZero();
    }

    @Test
    void hundredsOfConnectionsAtOnceKeepTheirBytesApart() throws IOException {
        int count = 200;
        try (ProxiedLine line = ProxiedLine.open("latency=20ms,jitter=20ms")) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Socket client = ProxiedLine.connect(line.proxy());
                sockets.add(client);
                sockets.add(line.target().accept());
            }
            for (int i = 0; i < 2 * count; i++) {
                sockets.get(i).getOutputStream().write(text(i).getBytes(UTF_8));
                sockets.get(i).shutdownOutput();
            }
            for (int i = 0; i < 2 * count; i++) {
                int other = i % 2 == 0 ? i + 1 : i - 1;
                assertThat(sockets.get(i).getInputStream().readAllBytes())
                        .asString(UTF_8)
                        .isEqualTo(text(other));
                sockets.get(i).close();
            }
        }
    }

    private static String text(int number) {
        return (number + ",").repeat(1000);
    }

    private static long proxyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("fault-proxy"))
                .count();
    }
}
