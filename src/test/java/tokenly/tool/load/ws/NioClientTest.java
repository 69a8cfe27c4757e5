package tokenly.tool.load.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a socket that speaks just enough WebSocket. */
class NioClientTest {

    private static final int LENGTH = 50_000; // in the two bytes after 126

    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private URI uri;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        uri = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/rtc");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void moreThanTheSystemTakesAtOnceArrivesWholeAndInOrder() throws IOException {
        int frames = 20; // a megabyte, which no socket takes at once
        try (NioClient client = new NioClient(uri, new SplittableRandom(1));
                Socket socket = accept(client, connection -> {
                    for (int i = 0; i < frames; i++) {
                        connection.send(Character.toString('a' + i).repeat(LENGTH));
                    }
                })) {
            DataInputStream input = new DataInputStream(socket.getInputStream());
            for (int i = 0; i < frames; i++) {
                assertThat(readText(input))
                        .isEqualTo(Character.toString('a' + i).repeat(LENGTH));
            }
        }
    }

    @Test
    void greetsOnEachConnectionBeforeItSendsAnythingElse() throws IOException {
        String hello = "h".repeat(LENGTH);
        SocketOptions greeting =
                SocketOptions.PLAIN.withGreeting(() -> Optional.of(hello.getBytes(StandardCharsets.UTF_8)));
        try (NioClient client = new NioClient(uri, new SplittableRandom(1), greeting);
                Socket socket = accept(client, connection -> connection.send("x".repeat(LENGTH)))) {
            DataInputStream input = new DataInputStream(socket.getInputStream());
            assertThat(List.of(readText(input), readText(input))).containsExactly(hello, "x".repeat(LENGTH));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void tasksRunOnTheClientsThreadInTheOrderOfTheirTimes(long slackMillis) throws Exception {
        List<String> run = new ArrayList<>();
        CountDownLatch last = new CountDownLatch(1);
        try (NioClient client = new NioClient(
                uri, new SplittableRandom(1), new SocketOptions("", Duration.ofMillis(slackMillis), Optional::empty))) {
            client.execute(() -> {
                client.after(Duration.ofMillis(30), () -> {
                    run.add("third on " + Thread.currentThread().getName());
                    last.countDown();
                });
                client.after(Duration.ofMillis(5), () -> run.add("second"));
                client.after(Duration.ZERO, () -> run.add("first"));
            });
            assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(run).containsExactly("first", "second", "third on load-sockets");
    }

    @Test
    void theMessagesOfOneFrameAreTakenApart() throws Exception {
        CountDownLatch last = new CountDownLatch(1);
        try (NioClient client = new NioClient(uri, new SplittableRandom(1));
                Socket socket = accept(client, connection -> last.countDown())) {
            assertThat(last.await(10, TimeUnit.SECONDS)).isTrue();
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 4, 'a', 0x1e, 'b', 'c'});
            socket.getOutputStream().write(new byte[] {(byte) 0x81, 1, 'd'});
            for (String text : List.of("a", "bc", "d")) {
                assertThat(texts.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
            }
        }
    }

    /** Connects {@code client}, and answers its handshake; {@code opened} is called when the client has that. */
    private Socket accept(NioClient client, Consumer<WebSocketConnection> opened) throws IOException {
        client.connect(new WebSocketListener() {

            @Override
            public void opened(WebSocketConnection connection) {
                opened.accept(connection);
            }

            @Override
            public void text(ByteBuffer utf8) {
                texts.add(StandardCharsets.UTF_8.decode(utf8).toString());
            }

            @Override
            public void ended(CloseOutcome outcome) {}
        });
        Socket socket = server.accept();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        String key = head.toString().replaceAll("(?s).*Sec-WebSocket-Key: (\\S+).*", "$1");
        OutputStream output = socket.getOutputStream();
        output.write(("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + Accept.of(key) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        output.flush();
        return socket;
    }

    private static String readText(DataInputStream input) throws IOException {
        assertThat(input.readUnsignedByte()).isEqualTo(0x81);
        assertThat(input.readUnsignedByte()).isEqualTo(0x80 | 126);
        byte[] payload = new byte[input.readUnsignedShort()];
        byte[] mask = new byte[4];
        input.readFully(mask);
        input.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new String(payload, StandardCharsets.US_ASCII);
    }
}
