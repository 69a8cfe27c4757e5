package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static tokenly.client.Scene.outcome;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever owns a name gets it back: keys over the end of a client, and of a process. */
class KeyStorageTest {

    private static final String SERVER = "ws://localhost:80/rtc";
    private static final String KEY = "k".repeat(43);
    private static final String CREATED =
            "{'type':'peer-created','session_id':'a','success':true,'room_id':'r','peers':[],'epoch':'e1'}";

    @TempDir
    Path directory;

    private final Notes notes = new Notes();

    private Path path() {
        return directory.resolve("keys.json");
    }

    private static Scene scene(KeyStorage keys) {
        Scene scene = new Scene(Scene.OPTIONS.withKeys(keys));
        scene.link().say(LeavingTest.WELCOME);
        return scene;
    }

    private String keyThatIsSent(Scene scene) {
        scene.client.createPeer("a", "r", notes);
        return scene.link().sent("create-peer").get(0).text("resume_key").orElseThrow();
    }

    @Test
    void aProcessThatWasRestartedUsesTheKeyOfBefore() {
        String first = keyThatIsSent(scene(KeyStorage.file(path())));
        assertThat(KeyStorage.file(path()).find(SERVER, "a"))
                .as("before the answer")
                .contains(first);
        assertThat(keyThatIsSent(scene(KeyStorage.file(path())))).isEqualTo(first);
    }

    @Test
    void aPeerWhoseCreationWasNotAnsweredIsCreatedAgainWithTheSameKey() {
        Scene scene = new Scene(Scene.OPTIONS.withMaxAttempts(1));
        scene.welcome();
        String first = keyThatIsSent(scene);
        scene.link().listener.closed(1006, "cut");
        scene.timer.advanceMillis(1_000);
        scene.link().listener.closed(1006, "refused");
        assertThat(notes.taken()).containsExactly("ended gave-up");
        scene.client.reconnectNow();
        scene.welcome();
        assertThat(keyThatIsSent(scene)).isEqualTo(first);
    }

    @Test
    void aKeyIsForgottenWhenTheServerHasConfirmedTheEndOfItsSession() {
        KeyStorage keys = KeyStorage.memory();
        Scene scene = scene(keys);
        CompletableFuture<Peer> a = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link().say(CREATED);
        a.join().destroy();
        assertThat(keys.find(SERVER, "a")).isPresent();
        scene.link().say("{'type':'peer-destroyed','session_id':'a'}");
        assertThat(keys.find(SERVER, "a")).isEmpty();
    }

    @Test
    void aCloseThatWasNotAnsweredKeepsTheKeyAndOneThatWasForgetsIt() {
        KeyStorage keys = KeyStorage.memory();
        Scene scene = scene(keys);
        String key = keyThatIsSent(scene);
        scene.link().say(CREATED);
        scene.client.close();
        scene.timer.advanceMillis(3_000);
        assertThat(keys.find(SERVER, "a")).contains(key);

        Scene second = scene(keys);
        assertThat(keyThatIsSent(second)).isEqualTo(key);
        second.link().say(CREATED);
        second.client.close();
        second.link().say("{'type':'peer-destroyed','session_id':'a'}");
        assertThat(keys.find(SERVER, "a")).isEmpty();
    }

    @Test
    void withoutAnOptionEachClientHasItsOwnMemory() {
        Scene scene = new Scene(Scene.OPTIONS.withMaxAttempts(1));
        scene.welcome();
        String first = keyThatIsSent(scene);
        scene.link().listener.closed(1006, "cut");
        scene.timer.advanceMillis(1_000);
        scene.link().listener.closed(1006, "cut");
        assertThat(notes.taken()).containsExactly("ended gave-up");
        scene.client.reconnectNow();
        scene.welcome();
        assertThat(keyThatIsSent(scene)).as("the create may have arrived").isEqualTo(first);
        Scene other = new Scene();
        other.welcome();
        assertThat(keyThatIsSent(other)).isNotEqualTo(first);
    }

    @Test
    void aSessionThatIsTakenOverIsKeptToo() {
        KeyStorage keys = KeyStorage.memory();
        Scene scene = scene(keys);
        scene.client.takeOver(new Credentials("a", "r", KEY, "e1", 0, 0, 0), notes);
        scene.link()
                .say(
                        "{'type':'resumed','session_id':'a','outcome':'reset','reason':'new-instance','epoch':'e2','peers':[]}");
        assertThat(keys.find(SERVER, "a")).contains(KEY);
    }

    @Test
    void aNameThatIsInUseMayBeFreeLater() {
        Scene scene = scene(KeyStorage.memory());
        CompletableFuture<Peer> a = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        scene.link()
                .say(
                        "{'type':'peer-created','session_id':'a','success':false,'error':{'code':'session-in-use','message':'m','retry_after_ms':42000}}");
        assertThat(a)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .satisfies(failure -> {
                    TokenlyException named = (TokenlyException) failure;
                    assertThat(named.code()).isEqualTo("session-in-use");
                    assertThat(named.retryable()).isTrue();
                    assertThat(named.retryAfter()).contains(Duration.ofSeconds(42));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "ws://localhost/rtc?token=1, ws://localhost:80/rtc",
        "ws://LOCALHOST:3003/rtc, ws://localhost:3003/rtc",
        "wss://example.org, wss://example.org:443/",
        "wss://example.org/a/rtc?token=2#x, wss://example.org:443/a/rtc"
    })
    void keysAreFiledByTheServerAndNeverByTheQuery(String address, String server) {
        assertThat(new Address(URI.create(address)).server()).isEqualTo(server);
    }

    @Test
    void theFileIsTheOwnersOnlyAndNothingElseIsLeft() throws IOException {
        KeyStorage keys = KeyStorage.file(path());
        keys.put(SERVER, "a", KEY);
        keys.put(SERVER, "b", KEY);
        keys.put("wss://other:443/rtc", "a", "x".repeat(43));
        keys.remove(SERVER, "b");
        keys.remove(SERVER, "never there");
        assertThat(Files.readString(path()))
                .isEqualTo("{\"" + SERVER + "\":{\"a\":\"" + KEY + "\"},\"wss://other:443/rtc\":{\"a\":\""
                        + "x".repeat(43) + "\"}}\n");
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(path());
        }
        keys.remove(SERVER, "a");
        assertThat(keys.find(SERVER, "a")).isEmpty();
        assertThat(Files.readString(path())).doesNotContain(SERVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]"})
    void aFileThatIsNoneOfKeysIsNamedAtOnce(String text) throws IOException {
        Files.writeString(path(), text);
        assertThatThrownBy(() -> KeyStorage.file(path()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(path().toString());
    }

    @Test
    void aFileThatCannotBeReadOrWrittenIsNamed() throws IOException {
        assertThatThrownBy(() -> KeyStorage.file(directory))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(directory.toString());
        KeyStorage nowhere = KeyStorage.file(directory.resolve("none").resolve("keys.json"));
        assertThatThrownBy(() -> nowhere.put(SERVER, "a", KEY))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("keys.json cannot be written");
    }

    @Test
    void aCreateWhoseKeyCannotBeKeptFailsByName() {
        Scene scene = scene(KeyStorage.file(directory.resolve("none").resolve("keys.json")));
        CompletableFuture<Peer> a = scene.client.createPeer("a", "r", notes).toCompletableFuture();
        assertThat(outcome(a)).isEqualTo("key-storage-failed");
        assertThat(scene.link().sent()).isEmpty();
        assertThat(notes.taken()).containsExactly("ended key-storage-failed");
    }

    @Test
    void aStoredKeyThatIsNoneFailsByName() {
        Scene scene = scene(new KeyStorage() {
            @Override
            public Optional<String> find(String server, String sessionId) {
                return Optional.of("short");
            }

            @Override
            public void put(String server, String sessionId, String resumeKey) {}

            @Override
            public void remove(String server, String sessionId) {}
        });
        assertThat(outcome(scene.client.createPeer("a", "r", notes).toCompletableFuture()))
                .isEqualTo("key-storage-failed");
    }

    @Test
    void credentialsAreCheckedWhereTheyAreMadeAndTheKeyIsNotShown() {
        for (String key : new String[] {"", "k".repeat(42), "k".repeat(44), "k".repeat(42) + "+"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Credentials("a", "r", key, "e", 0, 0, 0))
                    .withMessageContaining("43 characters of base64url")
                    .withMessageNotContaining("kkk");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("", "r", KEY, "e", 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("a", "\u0000", KEY, "e", 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("a", "r", KEY, "e", -1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("a", "r", KEY, "e", 0, 1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Credentials("a", "r", KEY, "e", 1L << 53, 0, 0));
    }
}
