package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;

/** One connection for 5,000 sessions: what is said for all is said in few frames, and no timer is any session's own. */
class GatewayTest {

    private static final int SESSIONS = 5_000;
    private static final int FRAME_BYTES = 65_536;

    private final Scene scene = new Scene();

    @Test
    void asksForAllItsSessionsInAsFewFramesAsTheLimitAllows() {
        createAll("s");
        FakeTransport.FakeLink link = scene.reconnect();
        List<String> frames = link.sent();
        assertFewAndSmall(frames);
        List<String> ids = new ArrayList<>();
        for (String frame : frames) {
            JsonObject resume = JsonObject.parse(frame);
            assertThat(resume.whole("attempt")).hasValue(2);
            for (Json item : resume.array("sessions").orElseThrow()) {
                ids.add(((JsonObject) item).text("session_id").orElseThrow());
            }
        }
        assertThat(ids).hasSize(SESSIONS).doesNotHaveDuplicates();
        for (String id : ids) {
            link.say("{'type':'resumed','session_id':'" + id
                    + "','outcome':'resumed','epoch':'e','received':0,'last':1}");
        }
        assertThat(scene.reports).hasSize(1);
        assertThat(scene.reports.get(0).resumed()).isEqualTo(SESSIONS);
        assertThat(scene.reports.get(0).frames()).isEqualTo(frames.size());
    }

    @Test
    void acknowledgesForAllItsSessionsInAsFewFramesAsTheLimitAllows() {
        createAll("ü".repeat(100));
        int timers = scene.timer.pending();
        for (int i = 0; i < SESSIONS; i++) {
            scene.link().say("{'type':'peer-joined','session_id':'" + "ü".repeat(100) + i + "','seq':1,'peer':'p'}");
        }
        assertThat(scene.timer.pending()).isEqualTo(timers + 1);
        scene.timer.advanceMillis(20);
        List<String> frames = scene.link().sent();
        assertFewAndSmall(frames);
        assertThat(frames.stream()
                        .mapToInt(frame -> JsonObject.parse(frame)
                                .object("received")
                                .orElseThrow()
                                .members()
                                .size())
                        .sum())
                .isEqualTo(SESSIONS);
    }

    private void createAll(String prefix) {
        scene.welcome();
        for (int i = 0; i < SESSIONS; i++) {
            String id = prefix + i;
            scene.client.createPeer(id, "r", new Notes());
            scene.link().say("{'type':'peer-created','session_id':'" + id + "','success':true,'peers':[],'epoch':'e'}");
        }
        scene.link().sent();
    }

    private static void assertFewAndSmall(List<String> frames) {
        List<Integer> bytes = frames.stream()
                .map(frame -> frame.getBytes(StandardCharsets.UTF_8).length)
                .toList();
        assertThat(bytes).allMatch(size -> size <= FRAME_BYTES);
        assertThat(bytes.subList(0, bytes.size() - 1))
                .as("all but the last are full")
                .allMatch(size -> size > 65_000);
    }
}
