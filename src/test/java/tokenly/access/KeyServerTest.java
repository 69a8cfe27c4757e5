package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyServerTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private KeyServer answering(int status, byte[] body) {
        server.createContext("/keys", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        return keyServer(Duration.ofSeconds(10));
    }

    private KeyServer keyServer(Duration timeout) {
        return new KeyServer(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/keys?key=secret"), timeout);
    }

    @Test
    void itsAnswerIsRead() throws IOException {
        KeyServer keys = answering(200, "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8));
        assertThat(keys.read()).hasValue("{\"keys\":[]}");
        assertThat(keys.toString()).startsWith("http://localhost:").endsWith("/keys");
    }

    @Test
    void otherAnswersAreNotFollowed() {
        assertThatIOException().isThrownBy(answering(302, new byte[1])::read).withMessageContaining("status 302");
    }

    @Test
    void anAnswerWithoutEndIsCut() {
        assertThatIOException()
                .isThrownBy(answering(200, new byte[KeyServer.MAX_BYTES + 1])::read)
                .withMessageContaining("more than 1048576 bytes");
    }

    @Test
    void anAnswerOfTheLargestSizeIsRead() throws IOException {
        assertThat(answering(200, new byte[KeyServer.MAX_BYTES]).read().orElseThrow())
                .hasSize(KeyServer.MAX_BYTES);
    }

    @Test
    void anAnswerThatStopsIsGivenUp() {
        server.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            OutputStream body = exchange.getResponseBody();
            body.write('{');
            body.flush();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                exchange.close();
            }
        });
        assertThatIOException()
                .isThrownBy(keyServer(Duration.ofMillis(300))::read)
                .withMessageContaining("does not answer within 300 ms");
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        KeyServer keys = keyServer(Duration.ofSeconds(10));
        server.stop(0);
        assertThatIOException().isThrownBy(keys::read).withMessageContaining("ConnectException");
    }
}
