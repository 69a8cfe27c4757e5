package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tokenly.CapturedLog;
import tokenly.session.FakeTimer;

class RevocationsTest {

    @RegisterExtension
    private final CapturedLog log = new CapturedLog(Revocations.class.getName());

    @TempDir
    private Path directory;

    private final FakeTimer timer = new FakeTimer();

    @Test
    void aSettingRevokesSubjectsAndTokens() {
        Revocations revocations = Revocations.of("sub alice, jti 7");
        assertThat(revocations.contains(identity("alice", null))).isTrue();
        assertThat(revocations.contains(identity("bob", "7"))).isTrue();
        assertThat(revocations.contains(identity("7", "alice"))).isFalse();
        assertThat(Revocations.NONE.contains(identity("alice", null))).isFalse();
        assertThat(Revocations.isList("sub alice,jti 7")).isTrue();
        assertThat(Revocations.isList("alice")).isFalse();
    }

    @Test
    void aFileIsReadAgainWhenItChanges() throws IOException {
        Path file = directory.resolve("revoked.txt");
        Files.writeString(file, "# left\nsub alice\n\nbob\njti 7\r\nsub Carol Jones \nsubdan");
        Revocations revocations = Revocations.of("sub eve", file, Runnable::run, timer);
        assertThat(revocations.contains(identity("alice", null))).isTrue();
        assertThat(revocations.contains(identity("Carol Jones", null))).isTrue();
        assertThat(revocations.contains(identity("bob", "7"))).isTrue();
        assertThat(revocations.contains(identity("bob", null))).isFalse();
        assertThat(log.lines(Level.WARNING))
                .singleElement()
                .asString()
                .contains(file.toString())
                .endsWith("[4, 7]");
        Files.writeString(file, "sub bob\n");
        assertThat(revocations.contains(identity("bob", null))).isFalse();
        timer.advance(Revocations.PERIOD);
        assertThat(revocations.contains(identity("bob", null))).isTrue();
        assertThat(revocations.contains(identity("alice", null))).isFalse();
        assertThat(revocations.contains(identity("eve", null)))
                .as("by the setting")
                .isTrue();
    }

    @Test
    void aFileThatDisappearsKeepsItsList() throws IOException {
        Path file = directory.resolve("revoked.txt");
        Files.writeString(file, "sub alice");
        Revocations revocations = Revocations.of("", file, Runnable::run, timer);
        Files.delete(file);
        timer.advance(Duration.ofMinutes(1));
        assertThat(revocations.contains(identity("alice", null))).isTrue();
        assertThat(log.lines(Level.WARNING)).singleElement().asString().contains("there is no such file");
        Files.writeString(file, "");
        timer.advance(Revocations.PERIOD);
        assertThat(revocations.contains(identity("alice", null))).isFalse();
    }

    @Test
    void aFileThatIsMissingAtTheStartStopsIt() {
        assertThatIOException()
                .isThrownBy(() -> Revocations.of("", directory.resolve("none"), Runnable::run, timer))
                .withMessage("there is no such file");
        assertThat(timer.pending()).isZero();
    }

    @Test
    void theDoorRefusesWhatIsRevoked() {
        Tokens tokens = new Tokens(
                new TokenRules(4096, Duration.ZERO, null, null),
                TokenMint.SECRET.getBytes(StandardCharsets.UTF_8),
                null,
                timer);
        Door door = new Door(tokens, Revocations.of("jti 7"), false);
        String claims = TokenMint.claims(FakeTimer.START, Duration.ofHours(1), ",\"jti\":\"%s\"");
        assertThat(door.verify(TokenMint.hs256(claims.formatted(7)))).isEqualTo(new Verdict.Refused(Refusal.REVOKED));
        assertThat(door.verify(TokenMint.hs256(claims.formatted(8)))).isInstanceOf(Verdict.Accepted.class);
        assertThat(door.asksForTokens()).isTrue();
        assertThat(Door.OPEN.asksForTokens()).isFalse();
    }

    private static Identity identity(String subject, @Nullable String tokenId) {
        return new Identity(subject, tokenId, Instant.MAX, Grants.NONE);
    }
}
