package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/** The frames of resumable clients, as src/test/vectors has them for every implementation of the protocol. */
class ClientVectorsTest {

    private static final String INSTANCE = "i-1";
    private static final String KEY = "A".repeat(41) + "_-";
    private static final int LIMIT = 65_536;

    @Test
    void writesEveryFrameOfAClient() {
        Map<String, String> written = new LinkedHashMap<>();
        written.put("auth", Frames.auth("header.claims.signature"));
        written.put("create-peer", Frames.createPeer(new Credentials("b", "r", KEY, "", 0, 0, 0), INSTANCE, 1));
        JsonObject sdp = JsonObject.EMPTY.with("sdp", "v=0");
        written.put("offer", numbered(Signal.to("a", Signal.Kind.OFFER, sdp), 1));
        written.put("message", numbered(Signal.toAll(Signal.Kind.MESSAGE, JsonObject.EMPTY), JsonObject.MAX_WHOLE));
        Map<String, Long> received = new LinkedHashMap<>();
        received.put("b", 12L);
        received.put("c", 0L);
        written.put("ack", Frames.ack(received, LIMIT).get(0));
        List<Credentials> sessions = List.of(new Credentials("b", "r", KEY, "e-b", 9, 8, 7));
        written.put("resume", Frames.resume(sessions, INSTANCE, 2, LIMIT).get(0));
        written.put("leave", Frames.leave());
        written.put("ice-servers", Frames.iceServers("b"));
        written.put("destroy-peer", Frames.destroyPeer("b"));

        JsonObject vectors = vectors("client-frames.json")
                .without(Set.of(
                        "ping", "offer to one owner")); // ping is sent without an id; the other is in PresenceTest
        assertThat(vectors.members().keySet()).isEqualTo(written.keySet());
        written.forEach((name, frame) -> assertThat(JsonObject.parse(frame))
                .as(name)
                .isEqualTo(vectors.object(name).orElseThrow()));
    }

    static Stream<Map.Entry<String, Json>> serverFrames() {
        return vectors("server-frames.json").members().entrySet().stream()
                .filter(vector -> !vector.getKey().startsWith("welcome"));
    }

    @ParameterizedTest
    @MethodSource("serverFrames")
    void readsEveryFrameOfTheServer(Map.Entry<String, Json> vector) {
        Scene scene = new Scene();
        scene.link()
                .say(vectors("server-frames.json")
                        .object("welcome")
                        .orElseThrow()
                        .toString());
        PeerListener deaf = delivery -> {};
        scene.client.takeOver(new Credentials("b", "r", KEY, "e-b", before(vector.getValue()), 8, 7), deaf);
        String type = ((JsonObject) vector.getValue()).text("type").orElseThrow();
        if (!Set.of("resumed", "peer-created").contains(type)) {
            scene.link()
                    .say(vectors("server-frames.json")
                            .object("resumed")
                            .orElseThrow()
                            .toString());
        }
        scene.link().say(vector.getValue().toString());
        assertThat(scene.link().isAborted).as("it is a fault of the server").isFalse();
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    /** The number of the message before that one; any, if it has none. */
    private static long before(Json frame) {
        return ((JsonObject) frame).whole("seq").orElse(1) - 1;
    }

    private static String numbered(Signal signal, long seq) {
        Presence nobody = new Presence("b", delivery -> {}, new SourceRule());
        return Frames.Draft.of("b", signal, nobody).numbered(seq);
    }

    static JsonObject vectors(String name) {
        try {
            return JsonObject.parse(Files.readString(Path.of("src/test/vectors", name)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
