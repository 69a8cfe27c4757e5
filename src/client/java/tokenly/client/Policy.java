package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;
import tokenly.protocol.FrameLimits;

/**
 * What the server announces on each connection, and what a client goes by until it does.
 *
 * @param delays before attempt 1, 2, ...; after the last, that of the last
 * @param jitter 0 to 1: the share of a delay that is left to chance
 * @param resetAfter a connection that lives so long makes the attempts count anew
 * @param frameBytes the largest frame that the server takes
 * @param features what it knows beyond the first version of its protocol
 * @param isTokenRequired whether it lets in only who has a token
 */
record Policy(
        Duration heartbeatInterval,
        Duration heartbeatTimeout,
        List<Duration> delays,
        double jitter,
        Duration connectTimeout,
        Duration resetAfter,
        int frameBytes,
        Set<String> features,
        boolean isTokenRequired) {

    /** The numbers of PROTOCOL.md ("Reconnecting", "Loss and heartbeat", "Framing"). */
    static final Policy USUAL = new Policy(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            List.of(1, 2, 4, 8, 16).stream().map(Duration::ofSeconds).toList(),
            0.2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            FrameLimits.DEFAULT_FRAME_BYTES,
            Set.of(),
            false);

    /** Below this not even one session with the longest ids would fit into a {@code resume}. */
    private static final int LEAST_FRAME_BYTES = 4_096;

    private static final int DAY_MILLIS = 86_400_000;

    /** Reads {@code welcome}; what it does not say, or says out of range, is as usual. */
    static Policy of(JsonObject frame) {
        JsonObject heartbeat = frame.object("heartbeat").orElse(JsonObject.EMPTY);
        JsonObject reconnect = frame.object("reconnect").orElse(JsonObject.EMPTY);
        JsonObject limits = frame.object("limits").orElse(JsonObject.EMPTY);
        return new Policy(
                millis(heartbeat, "interval_ms", 1).orElse(USUAL.heartbeatInterval),
                millis(heartbeat, "timeout_ms", 1).orElse(USUAL.heartbeatTimeout),
                delays(reconnect).orElse(USUAL.delays),
                jitter(reconnect).orElse(USUAL.jitter),
                millis(reconnect, "connect_timeout_ms", 1).orElse(USUAL.connectTimeout),
                millis(reconnect, "reset_after_ms", 0).orElse(USUAL.resetAfter),
                (int) within(limits.whole("frame_bytes"), LEAST_FRAME_BYTES, Integer.MAX_VALUE)
                        .orElse(USUAL.frameBytes),
                features(frame),
                frame.text("token").orElse("").equals("required"));
    }

    private static Set<String> features(JsonObject frame) {
        return frame.array("features").orElse(List.of()).stream()
                .flatMap(value -> value instanceof Json.Text text ? Stream.of(text.value()) : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether it knows the frame {@code leave}. */
    boolean canLeave() {
        return features.contains("leave");
    }

    /** Whether it knows the frame {@code auth}. */
    boolean canAuthenticate() {
        return features.contains("auth");
    }

    /** Whether it knows the frame {@code ice-servers}. */
    boolean canNameIceServers() {
        return features.contains("ice-servers");
    }

    private static Optional<List<Duration>> delays(JsonObject reconnect) {
        List<Duration> delays = reconnect.array("delays_ms").orElse(List.of()).stream()
                .flatMap(value -> value instanceof Json.Numeral number
                        ? within(JsonObject.whole(number), 0, DAY_MILLIS).stream()
                                .boxed()
                        : Stream.empty())
                .map(Duration::ofMillis)
                .toList();
        return delays.isEmpty() ? Optional.empty() : Optional.of(delays);
    }

    private static Optional<Double> jitter(JsonObject reconnect) {
        return reconnect
                .get("jitter")
                .filter(Json.Numeral.class::isInstance)
                .map(value -> Double.parseDouble(value.toString()))
                .filter(jitter -> jitter >= 0 && jitter <= 1);
    }

    private static Optional<Duration> millis(JsonObject object, String name, int least) {
        OptionalLong millis = within(object.whole(name), least, DAY_MILLIS);
        return millis.isPresent() ? Optional.of(Duration.ofMillis(millis.getAsLong())) : Optional.empty();
    }

    private static OptionalLong within(OptionalLong value, long least, long most) {
        return value.isPresent() && value.getAsLong() >= least && value.getAsLong() <= most
                ? value
                : OptionalLong.empty();
    }
}
