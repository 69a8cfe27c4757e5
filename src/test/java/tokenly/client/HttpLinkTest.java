package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The traps of {@link WebSocket}: overlapping sends, messages in parts, unasked messages, and ends of every kind. */
class HttpLinkTest {

    private final List<String> heard = new ArrayList<>();
    private final HttpLink link = new HttpLink(new Told(), new FakeThread(), false);
    private final FakeSocket socket = new FakeSocket();
    private Runnable whenHeard = () -> {};

    @Test
    void sendsOneFrameAtATimeAndTheFirstOnlyOnceItIsOpen() {
        link.send("1");
        link.send("2");
        assertThat(socket.calls).isEmpty();
        link.onOpen(socket);
        link.send("3");
        assertThat(socket.calls).containsExactly("text 1");
        socket.done();
        socket.done();
        assertThat(socket.calls).containsExactly("text 1", "text 2", "text 3");
    }

    @Test
    void countsTheBytesOfWhatIsSentAndOfWhatIsUnderWay() {
        link.send("ä");
        link.send("1234");
        assertThat(link.progress()).isEqualTo(new Transport.Progress(0, 0));
        link.onOpen(socket);
        assertThat(link.progress()).isEqualTo(new Transport.Progress(0, 2));
        socket.done();
        assertThat(link.progress()).isEqualTo(new Transport.Progress(2, 4));
        socket.done();
        assertThat(link.progress()).isEqualTo(new Transport.Progress(6, 0));
    }

    @Test
    void aLongQueueOfSendsThatAreDoneAtOnceNeedsNoDeepStack() {
        for (int i = 0; i < 100_000; i++) {
            link.send("x");
        }
        socket.isFast = true;
        link.onOpen(socket);
        assertThat(socket.calls).hasSize(100_000);
    }

    @Test
    void closesWhenEverythingIsSentAndSendsNothingAfterThat() {
        link.onOpen(socket);
        link.send("1");
        link.close(1000);
        link.send("2");
        assertThat(socket.calls).containsExactly("text 1");
        socket.done();
        assertThat(socket.calls).containsExactly("text 1", "close 1000");
        link.onClose(socket, 1000, "bye");
        link.onClose(socket, 1000, "bye");
        assertThat(heard).containsExactly("closed 1000 bye");
    }

    @Test
    void joinsThePartsOfAMessageAndAsksForTheNextWhenItIsProcessed() {
        link.onOpen(socket);
        assertThat(socket.requested).isEqualTo(1);
        link.onText(socket, "a", false);
        assertThat(socket.requested).isEqualTo(2);
        link.onText(socket, "b", true);
        link.onText(socket, "c", true);
        link.onPing(socket, ByteBuffer.allocate(0));
        assertThat(heard).containsExactly("heard", "text ab", "text c", "heard");
        assertThat(socket.requested).isEqualTo(5);
    }

    @Test
    void takesTheMessagesOfOneFrameApartAndAsksForTheNextFrameOnce() {
        link.onOpen(socket);
        link.onText(socket, "a\u001eb", false);
        link.onText(socket, "c\u001ed", true);
        assertThat(heard).containsExactly("heard", "text a", "text bc", "text d");
        assertThat(socket.requested).isEqualTo(3);
    }

    @Test
    void whatFollowsTheMessageThatEndsItIsNotTold() {
        link.onOpen(socket);
        whenHeard = link::abort;
        link.onText(socket, "a\u001eb", true);
        assertThat(heard).containsExactly("text a");
    }

    @Test
    void aMistakeAtOneMessageCostsNoOther() {
        link.onOpen(socket);
        whenHeard = () -> {
            whenHeard = () -> {};
            throw new IllegalStateException("a bug");
        };
        assertThatThrownBy(() -> link.onText(socket, "a\u001eb", true)).hasMessage("a bug");
        link.onPing(socket, ByteBuffer.allocate(0));
        assertThat(heard).containsExactly("text a", "text b", "heard");
        assertThat(socket.requested).isEqualTo(3);
    }

    @Test
    void aHandshakeThatIsRefusedSaysWhenToComeBack() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> closed = new CompletableFuture<>();
            Transport.Listener listener = new Transport.Listener() {
                @Override
                public void text(String message) {}

                @Override
                public void heard() {}

                @Override
                public void closed(int code, String reason) {
                    closed.complete(code + " " + reason);
                }
            };
            Address rtc = new Address(URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/rtc"));
            new HttpTransport(Runnable::run).open(rtc, listener, Duration.ofSeconds(10));
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().read()).isEqualTo('G');
                accepted.getOutputStream()
                        .write("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(closed.orTimeout(10, TimeUnit.SECONDS).join())
                        .isEqualTo("1006 HTTP 429, retry_after_ms=3000");
            }
        }
    }

    @Test
    void aSendThatFailsEndsItOnce() {
        link.onOpen(socket);
        link.send("1");
        socket.sends.remove().completeExceptionally(new IOException("broken pipe"));
        link.onError(socket, new IOException("reset"));
        assertThat(heard).containsExactly("closed 1006 java.io.IOException: broken pipe");
        assertThat(socket.calls).endsWith("abort");
    }

    @Test
    void anAbortIsNotToldAndCutsAlsoWhatOpensTooLate() {
        link.abort();
        link.onOpen(socket);
        assertThat(socket.calls).containsExactly("abort");
        link.onError(socket, new IOException("reset"));
        assertThat(heard).isEmpty();
    }

    @Test
    void aHandshakeWithoutTheProtocolIsNamedUnlessTheAddressAsksForIt() {
        socket.subprotocol = "";
        link.onOpen(socket);
        assertThat(heard)
                .singleElement()
                .asString()
                .startsWith("closed 1006 not-resumable: ")
                .contains("?protocol=tokenly.v1");
        assertThat(socket.calls).containsExactly("abort");

        heard.clear();
        HttpLink asking = new HttpLink(new Told(), new FakeThread(), true);
        asking.onOpen(socket);
        asking.onText(socket, "welcome", true);
        assertThat(heard).containsExactly("text welcome");
    }

    @Test
    void anOpeningThatFailsEndsIt() {
        link.opening(CompletableFuture.failedFuture(new IOException("refused")));
        assertThat(heard).containsExactly("closed 1006 java.io.IOException: refused");
    }

    @Test
    void aMessageWithoutEndIsCut() {
        link.onOpen(socket);
        String part = "x".repeat(1 << 20);
        for (int i = 0; i < 17; i++) {
            link.onText(socket, part, false);
        }
        assertThat(heard).last().asString().startsWith("closed 1006");
        assertThat(socket.calls).containsExactly("abort");
    }

    private final class Told implements Transport.Listener {
        @Override
        public void text(String frame) {
            heard.add("text " + frame);
            whenHeard.run();
        }

        @Override
        public void heard() {
            heard.add("heard");
        }

        @Override
        public void closed(int code, String reason) {
            heard.add("closed " + code + " " + reason);
        }
    }

    /** A socket that keeps what it is told. */
    private static final class FakeSocket implements WebSocket {

        final List<String> calls = new ArrayList<>();
        final Queue<CompletableFuture<WebSocket>> sends = new ArrayDeque<>();
        boolean isFast;
        long requested;
        String subprotocol = "tokenly.v1";

        /** The oldest send is done. */
        void done() {
            sends.remove().complete(this);
        }

        private CompletableFuture<WebSocket> call(String call) {
            calls.add(call);
            if (isFast) {
                return CompletableFuture.completedFuture(this);
            }
            CompletableFuture<WebSocket> send = new CompletableFuture<>();
            sends.add(send);
            return send;
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence text, boolean isLast) {
            return call("text " + text);
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean isLast) {
            return call("binary");
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            return call("ping");
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            return call("pong");
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int code, String reason) {
            return call("close " + code);
        }

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public String getSubprotocol() {
            return subprotocol;
        }

        @Override
        public boolean isOutputClosed() {
            return false;
        }

        @Override
        public boolean isInputClosed() {
            return false;
        }

        @Override
        public void abort() {
            calls.add("abort");
        }
    }
}
