package tokenly.tool.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each fault in each direction, over real sockets. What a fault does exactly, and when, is in {@link ToxicStageTest}. */
class FaultProxyTest {

    private static final byte[] HELLO = "hello, 방".getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void withoutFaultsBytesAndHalfClosesPass(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.send(stream, HELLO);
            line.sender(stream).shutdownOutput();
            assertThat(line.receiveAll(stream)).isEqualTo(HELLO);

            line.send(opposite(stream), HELLO);
            assertThat(line.receive(opposite(stream), HELLO.length))
                    .as("the other direction is still open")
                    .isEqualTo(HELLO);
            line.sender(opposite(stream)).shutdownOutput();
            assertThat(line.receiveAll(opposite(stream))).isEmpty();
            await().until(() -> line.proxy().connections().isEmpty());
        }
    }

    @Test
    void aWebSocketIsClosedTowardsTheServerWhereAFrameEnds() throws IOException {
        byte[] handshake = "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8);
        byte[] begun = {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'a'};
        try (ProxiedLine line = ProxiedLine.open()) {
            line.send(Stream.UPSTREAM, handshake);
            line.send(Stream.UPSTREAM, begun);
            line.receive(Stream.UPSTREAM, handshake.length + begun.length);

            line.proxy().closeWebSockets(OptionalInt.of(1000));
            assertThat(line.proxy().connections())
                    .as("in the middle of a frame")
                    .hasSize(1);
            line.send(Stream.UPSTREAM, new byte[] {'b'});

            assertThat(line.receiveAll(Stream.UPSTREAM))
                    .isEqualTo(new byte[] {'b', (byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 0x03, (byte) 0xE8});
            assertThat(line.receiveAll(Stream.DOWNSTREAM)).isEmpty();
        }
    }

    @Test
    void aWebSocketIsClosedWithoutACode() throws IOException {
        byte[] handshake = "GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8);
        try (ProxiedLine line = ProxiedLine.open()) {
            line.send(Stream.UPSTREAM, handshake);
            line.receive(Stream.UPSTREAM, handshake.length);
            line.proxy().closeWebSockets(OptionalInt.empty());
            assertThat(line.receiveAll(Stream.UPSTREAM)).isEqualTo(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void latencyDelaysEveryByteAndKeepsBytesAndOrder(Stream stream) throws IOException {
        Duration latency = Duration.ofMillis(150);
        try (ProxiedLine line = ProxiedLine.open(stream + ":latency=150ms")) {
            byte[] bytes = randomBytes(3 * Pipe.ROOM_BYTES);
            Thread sender = inBackground(() -> {
                for (int i = 0; i < 200; i++) {
                    line.send(
                            stream,
                            ByteBuffer.allocate(8).putLong(System.nanoTime()).array());
                }
                line.send(stream, bytes);
            });
            for (int i = 0; i < 200; i++) {
                long sentNanos = ByteBuffer.wrap(line.receive(stream, 8)).getLong();
                assertThat(Duration.ofNanos(System.nanoTime() - sentNanos)).isGreaterThanOrEqualTo(latency);
            }
            assertThat(line.receive(stream, bytes.length)).isEqualTo(bytes);
            join(sender);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void aFaultOfOneDirectionLeavesTheOtherAlone(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open(stream + ":latency=1m")) {
            line.send(stream, HELLO);
            line.awaitHeld(stream, HELLO.length);

            line.send(opposite(stream), HELLO);

            assertThat(line.receive(opposite(stream), HELLO.length)).isEqualTo(HELLO);
            assertThat(line.traffic(stream)).isEqualTo(new Traffic(0, HELLO.length));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void aBlackholeThatIsRemovedLetsTheStreamGoOnInOrder(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.send(stream, HELLO);
            assertThat(line.receive(stream, HELLO.length)).isEqualTo(HELLO);

            line.proxy().add(Fault.parse(stream + ":blackhole"));
            byte[] bytes = randomBytes(10_000);
            line.send(stream, bytes);
            line.sender(stream).shutdownOutput();
            line.awaitHeld(stream, bytes.length);
            assertThat(line.proxy().connections()).hasSize(1);
            assertThat(line.traffic(stream).passed()).isEqualTo(HELLO.length);

            line.proxy().remove("timeout_" + stream);
            assertThat(line.receiveAll(stream)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void aBlackholeHoldsNoMoreThanItsRoomAndLosesNothing(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open(stream + ":timeout=0")) {
            byte[] bytes = randomBytes(24 * Pipe.ROOM_BYTES); // more than the sockets' buffers can take besides
            Thread sender = inBackground(() -> line.send(stream, bytes));
            await().atMost(ProxiedLine.LIMIT).until(() -> line.traffic(stream).held() > Pipe.ROOM_BYTES / 2);
            assertThat(line.traffic(stream).held()).isLessThan(2 * Pipe.ROOM_BYTES);

            line.proxy().clear();
            assertThat(line.receive(stream, bytes.length)).isEqualTo(bytes);
            join(sender);
        }
    }

    @Test
    void aBlackholeIsSilentAboutAResetUntilItIsRemoved() throws IOException {
        try (ProxiedLine line = ProxiedLine.open("blackhole")) {
            line.send(Stream.UPSTREAM, HELLO);
            line.awaitHeld(Stream.UPSTREAM, HELLO.length);
            line.client().setSoLinger(true, 0);
            line.client().close();
            line.send(Stream.DOWNSTREAM, HELLO);
            line.awaitHeld(Stream.DOWNSTREAM, HELLO.length);
            assertThat(line.proxy().connections()).hasSize(1);

            line.proxy().clear();
            assertThat(ProxiedLine.isReset(line.server())).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void timeoutLetsNothingPassAndClosesBothSides(Stream stream) throws IOException {
        long startNanos = System.nanoTime();
        try (ProxiedLine line = ProxiedLine.open(stream + ":timeout=150ms")) {
            line.send(stream, HELLO);
            assertThat(line.receiveAll(stream)).isEmpty();
            assertThat(line.receiveAll(opposite(stream))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @ParameterizedTest
    @EnumSource(Stream.class)
    void resetPeerResetsTheReceiverOfItsDirection(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open()) {
            line.proxy().add(Fault.parse((stream == Stream.BOTH ? "" : stream + ":") + "reset_peer"));
            assertThat(ProxiedLine.isReset(line.server())).isEqualTo(stream.covers(Stream.UPSTREAM));
            assertThat(ProxiedLine.isReset(line.client())).isEqualTo(stream.covers(Stream.DOWNSTREAM));
        }
    }

    @Test
    void resetPeerLetsEverythingPassUntilItsTime() throws IOException {
        try (ProxiedLine line = ProxiedLine.open("reset_peer=1m")) {
            line.send(Stream.UPSTREAM, HELLO);
            assertThat(line.receive(Stream.UPSTREAM, HELLO.length)).isEqualTo(HELLO);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void slowCloseDelaysTheEndOnly(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open(stream + ":slow_close=150ms")) {
            line.send(stream, HELLO);
            assertThat(line.receive(stream, HELLO.length)).isEqualTo(HELLO);
            long endNanos = System.nanoTime();
            line.sender(stream).shutdownOutput();
            assertThat(line.receiveAll(stream)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - endNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void bandwidthTakesTheTimeOfASlowLine(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open(stream + ":bandwidth=100kb")) {
            byte[] bytes = randomBytes(20_000);
            long startNanos = System.nanoTime();
            line.send(stream, bytes);
            assertThat(line.receive(stream, bytes.length)).isEqualTo(bytes);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void slicerLosesNothingAndPausesBetweenPieces(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open(stream + ":slicer=100,variation=50,delay=10ms")) {
            byte[] bytes = randomBytes(1_500); // ten pieces at least, so nine pauses
            long startNanos = System.nanoTime();
            line.send(stream, bytes);
            line.sender(stream).shutdownOutput();
            assertThat(line.receiveAll(stream)).isEqualTo(bytes);
            assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(90));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM", "DOWNSTREAM"})
    void limitDataClosesAfterExactlyThatMuch(Stream stream) throws IOException {
        try (ProxiedLine line = ProxiedLine.open(stream + ":limit_data=4kb")) {
            byte[] bytes = randomBytes(4_000);
            line.send(stream, bytes);
            assertThat(line.receiveAll(stream)).isEqualTo(bytes);
            assertThat(line.receiveAll(opposite(stream))).isEmpty();
            await().until(() -> line.proxy().connections().isEmpty());
        }
    }

    @Test
    void limitDataCountsEachConnectionAnew() throws IOException {
        try (ProxiedLine line = ProxiedLine.open("upstream:limit_data=3")) {
            line.send(Stream.UPSTREAM, HELLO);
            assertThat(line.receiveAll(Stream.UPSTREAM)).hasSize(3);
            try (Socket client = ProxiedLine.connect(line.proxy());
                    Socket server = line.target().accept()) {
                client.getOutputStream().write(HELLO);
                assertThat(server.getInputStream().readAllBytes()).hasSize(3);
            }
        }
    }

    private static Stream opposite(Stream stream) {
        return stream == Stream.UPSTREAM ? Stream.DOWNSTREAM : Stream.UPSTREAM;
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static Thread inBackground(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join(ProxiedLine.LIMIT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
    }
}
