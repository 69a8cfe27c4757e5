package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.logging.Level;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tokenly.CapturedLog;
import tokenly.session.FakeTimer;

class TokenKeysTest {

    private static final PublicJsonWebKey OLD = TokenMint.ed("old");
    private static final PublicJsonWebKey NEW = TokenMint.ed("new");
    private static final TokenKeys.Answer UNKNOWN = new TokenKeys.Answer.Unknown();
    private static final TokenKeys.Answer SOON = new TokenKeys.Answer.Soon();

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(TokenKeys.class.getName());

    private final FakeTimer timer = new FakeTimer();
    private final Queue<Runnable> work = new ArrayDeque<>();
    private final FakeServer server = new FakeServer();

    /** A key server that answers with {@link #text}, or fails while that is empty. */
    private static final class FakeServer implements TextSource {

        private Optional<String> text = Optional.empty();
        private int reads;

        @Override
        public Optional<String> read() throws IOException {
            reads++;
            return Optional.of(text.orElseThrow(() -> new IOException("it is down")));
        }

        @Override
        public String toString() {
            return "https://keys.example/";
        }
    }

    private TokenKeys keysOf(FakeServer source) {
        TokenKeys keys = new TokenKeys(source, Duration.ofMinutes(5), work::add, timer);
        keys.begin();
        return keys;
    }

    private void finishReads() {
        for (Runnable read = work.poll(); read != null; read = work.poll()) {
            read.run();
        }
    }

    private void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            timer.advanceMillis(1_000);
            finishReads();
        }
    }

    private static TokenKeys.Answer found(PublicJsonWebKey key) {
        return new TokenKeys.Answer.Found(key.getPublicKey());
    }

    @Test
    void aServerThatIsDownAtTheStartIsTriedUntilItAnswers() {
        TokenKeys keys = keysOf(server);
        assertThat(keys.find("EdDSA", "old")).isEqualTo(SOON);
        finishReads();
        assertThat(keys.find("EdDSA", "old")).isEqualTo(SOON);
        pass(Duration.ofSeconds(35));
        assertThat(server.reads).isEqualTo(4);
        assertThat(log.lines(Level.WARNING)).singleElement().asString().contains("https://keys.example/", "it is down");
        server.text = Optional.of(TokenMint.jwks(OLD));
        pass(Duration.ofSeconds(10));
        assertThat(keys.find("EdDSA", "old")).isEqualTo(found(OLD));
        assertThat(log.lines(Level.INFO)).hasSize(1);
    }

    @Test
    void anOutageKeepsTheKeysAndIsLoggedOnce() {
        server.text = Optional.of(TokenMint.jwks(OLD));
        TokenKeys keys = keysOf(server);
        finishReads();
        server.text = Optional.empty();
        pass(Duration.ofMinutes(10));
        server.text = Optional.of("<html>Sign in</html>");
        pass(Duration.ofMinutes(10));
        assertThat(keys.find("EdDSA", "old")).isEqualTo(found(OLD));
        assertThat(keys.find("EdDSA", "new")).as("it may be there").isEqualTo(SOON);
        assertThat(log.lines(Level.WARNING)).hasSize(1);
        server.text = Optional.of(TokenMint.jwks(OLD));
        pass(Duration.ofSeconds(10));
        server.text = Optional.empty();
        pass(Duration.ofMinutes(5));
        assertThat(log.lines(Level.WARNING)).as("the next outage").hasSize(2);
    }

    @Test
    void keysAreReadEveryFiveMinutes() {
        server.text = Optional.of(TokenMint.jwks(OLD));
        TokenKeys keys = keysOf(server);
        finishReads();
        server.text = Optional.of(TokenMint.jwks(NEW));
        pass(Duration.ofSeconds(299));
        assertThat(keys.find("EdDSA", "old")).isEqualTo(found(OLD));
        pass(Duration.ofSeconds(1));
        assertThat(server.reads).isEqualTo(2);
        assertThat(keys.find("EdDSA", "new")).isEqualTo(found(NEW));
        assertThat(keys.find("EdDSA", "old")).isEqualTo(UNKNOWN);
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesIt() {
        server.text = Optional.of(TokenMint.jwks(OLD));
        TokenKeys keys = keysOf(server);
        finishReads();
        pass(Duration.ofSeconds(60));
        server.text = Optional.of(TokenMint.jwks(OLD, NEW));
        assertThat(keys.find("EdDSA", "new")).isEqualTo(SOON);
        timer.advanceMillis(0);
        assertThat(keys.find("EdDSA", "new")).as("while it is fetched").isEqualTo(SOON);
        finishReads();
        assertThat(keys.find("EdDSA", "new")).isEqualTo(found(NEW));
    }

    @Test
    void unknownKeysCostOneReadInTenSeconds() {
        server.text = Optional.of(TokenMint.jwks(OLD));
        TokenKeys keys = keysOf(server);
        finishReads();
        assertThat(keys.find("EdDSA", "none")).as("the keys are new").isEqualTo(UNKNOWN);
        for (int i = 0; i < 600; i++) {
            timer.advanceMillis(100);
            finishReads();
            keys.find("EdDSA", "none" + i);
            keys.find("RS256", "old");
        }
        assertThat(server.reads).isBetween(6, 7);
        server.text = Optional.of(TokenMint.jwks(OLD, NEW));
        pass(Duration.ofSeconds(4));
        assertThat(keys.find("EdDSA", "new"))
                .as("published since the last read")
                .isEqualTo(SOON);
        pass(Duration.ofSeconds(6));
        assertThat(keys.find("EdDSA", "new")).isEqualTo(found(NEW));
    }

    @Test
    void aFileIsReadAgainWhenItChanges(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys.json");
        Files.writeString(file, TokenMint.jwks(OLD));
        TokenKeys keys = TokenKeys.in(file, work::add, timer);
        assertThat(keys.find("EdDSA", "old")).isEqualTo(found(OLD));
        Files.writeString(file, TokenMint.jwks(OLD, NEW));
        pass(Duration.ofSeconds(10));
        assertThat(keys.find("EdDSA", "new")).isEqualTo(found(NEW));
        FileTime before = Files.getLastModifiedTime(file);
        Files.delete(file);
        pass(Duration.ofSeconds(20));
        assertThat(keys.find("EdDSA", "new")).as("the file is gone").isEqualTo(found(NEW));
        Files.writeString(file, TokenMint.jwks(NEW));
        Files.setLastModifiedTime(file, before);
        pass(Duration.ofSeconds(10));
        assertThat(keys.find("EdDSA", "old")).isEqualTo(UNKNOWN);
        assertThat(log.lines(Level.WARNING))
                .singleElement()
                .asString()
                .contains(file.toString(), "there is no such file");
        Files.writeString(file, "half of {");
        pass(Duration.ofSeconds(30));
        assertThat(keys.find("EdDSA", "new")).isEqualTo(found(NEW));
        assertThat(keys.find("EdDSA", "old")).as("the file is still broken").isEqualTo(SOON);
    }

    @Test
    void aFileWithoutKeysStopsTheStart(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys.json");
        assertThatIOException()
                .isThrownBy(() -> TokenKeys.in(file, work::add, timer))
                .withMessage("there is no such file");
        Files.writeString(file, "-----BEGIN PUBLIC KEY-----");
        assertThatIOException()
                .isThrownBy(() -> TokenKeys.in(file, work::add, timer))
                .withMessage("it is no JSON object");
        Files.writeString(file, "{\"keys\":[]}");
        assertThatIOException()
                .isThrownBy(() -> TokenKeys.in(file, work::add, timer))
                .withMessage("it holds no public key that verifies tokens");
    }
}
