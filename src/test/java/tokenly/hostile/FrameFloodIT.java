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
    private static final int PONG = 0x8a;

    /** A connection may send 2,000 at once, 500 more each second, and owe 2,000. */
    private static final int FRAMES = 12_000;

    /** Each of some 60 KB: of those it may send 70 at once, 17 more each second, and owe 70. */
    private static final int LARGE_FRAMES = 300;

    @Override
    void attack() throws Exception {
        Map<String, byte[]> floods = new TreeMap<>(Map.of(
                "ping", text(ClientFrames.ping()),
                "WebSocket pong", RawRtc.bytesOf(PONG, new byte[0]),
                "bad JSON", text("{\"type\":"),
                "deep JSON", text("[".repeat(500)),
                "binary", RawRtc.bytesOf(BINARY, new byte[] {1}),
                "ack", text(ClientFrames.ack("nothing", 1)),
                "same create", text(ClientFrames.create("flood", "flood")),
                "signal", text(ClientFrames.broadcast("flood", 1, "\"n\":1"))));
        for (Map.Entry<String, byte[]> flood : floods.entrySet()) {
            assertIsStopped(flood.getKey(), flood.getValue(), FRAMES);
        }
        assertIsStopped("resume", text(fullResume()), LARGE_FRAMES);
        assertThat(told().has("rate-limited")).as("%s", told()).isTrue();
        floodWithWebSocketPings();
    }

    private void assertIsStopped(String kind, byte[] frame, int frames) throws Exception {
        RawClient attacker = attacker(1).listen();
        for (int i = 0; i < Scale.times(frames) && attacker.sendIfOpen(frame); i++) {}
        attacker.awaitEnd();
        assertThat(attacker.told().has("close 4013"))
                .as("a flood of %s: %s", kind, attacker.told())
                .isTrue();
    }

    /** The container answers these, so that no limit of ours counts them: the others only have to go on. */
    private void floodWithWebSocketPings() throws Exception {
        RawClient attacker = attacker(1).listen();
        byte[] ping = RawRtc.bytesOf(PING, new byte[0]);
        for (int i = 0; i < Scale.times(FRAMES) && attacker.sendIfOpen(ping); i++) {}
        attacker.leave();
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
