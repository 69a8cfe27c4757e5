package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tokenly.hostile.ClientFrames.Entry;
import tokenly.scenario.RawRtc;

/** Each connection sends one kind of frame as fast as it can: what is cheap to send and dear to answer. */
class FrameFloodIT extends AttackContract {

    private static final int BINARY = 0x82;
    private static final int PING = 0x89;

    /** More than a connection may send at once, in frames or in bytes. */
    private static final int FRAMES = 4_000;

    private static final int LARGE_FRAMES = 150;

    @Override
    void attack() throws Exception {
        Map<String, byte[]> small = new TreeMap<>(Map.of(
                "ping", text(ClientFrames.ping()),
                "WebSocket ping", RawRtc.bytesOf(PING, new byte[0]),
                "bad JSON", text("{\"type\":"),
                "deep JSON", text("[".repeat(500)),
                "binary", RawRtc.bytesOf(BINARY, new byte[] {1}),
                "ack", text(ClientFrames.ack("nothing", 1)),
                "same create", text(ClientFrames.create("flood", "flood"))));
        for (Map.Entry<String, byte[]> flood : small.entrySet()) {
            assertIsStopped(flood.getKey(), flood.getValue(), FRAMES);
        }
        assertIsStopped("resume", text(fullResume()), LARGE_FRAMES);
    }

    private void assertIsStopped(String kind, byte[] frame, int frames) throws Exception {
        RawClient attacker = attacker(1).listen();
        for (int i = 0; i < Scale.times(frames) && attacker.sendIfOpen(frame); i++) {}
        attacker.sendIfOpen(text(ClientFrames.ping()));
        attacker.awaitEnd();
        assertThat(List.of(attacker.told().has("rate-limited"), attacker.told().has("close 4013")))
                .as("a flood of %s: %s", kind, attacker.told())
                .containsOnly(true);
    }

    /** As many unknown sessions as fit into a frame. */
    private static String fullResume() {
        List<Entry> entries = IntStream.range(0, 430)
                .mapToObj(i -> new Entry("unknown-" + i, ClientFrames.KEY, "none"))
                .toList();
        return ClientFrames.resume("flood", 1, entries);
    }

    private static byte[] text(String frame) {
        return RawRtc.bytesOf(RawRtc.TEXT, frame.getBytes(StandardCharsets.UTF_8));
    }
}
