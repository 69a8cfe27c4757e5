package tokenly.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;
import tokenly.protocol.Subprotocol;
import tokenly.session.Credentials;
import tokenly.session.EndReason;
import tokenly.session.Epoch;
import tokenly.session.FakeTimer;
import tokenly.session.Incarnation;
import tokenly.session.Instance;
import tokenly.session.MailboxBounds;
import tokenly.session.Message;
import tokenly.session.Position;
import tokenly.session.ReconnectPolicy;
import tokenly.session.ResetReason;
import tokenly.session.ResumeKey;
import tokenly.session.RoomId;
import tokenly.session.RoomPeer;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.tool.server.JsonDocument;

/** The frames of resumable clients, as src/test/vectors has them for every implementation of the protocol. */
class VectorsTest {

    private static final SessionId A = new SessionId("a");
    private static final SessionId B = new SessionId("b");
    private static final SessionId C = new SessionId("c");
    private static final Epoch EPOCH = new Epoch("e-b");
    private static final long MAX = 9_007_199_254_740_991L;

    @Test
    void writesEveryFrameOfTheServer() throws IOException {
        Map<String, String> written = new HashMap<>();
        written.put("welcome", Encoder.welcome("c-1", parameters(IceServers.NONE)));
        written.put("ack", Encoder.ack(inOrder(Map.of(B, 7L, C, MAX))));
        written.put("drain", Encoder.drain(Duration.ofMillis(1_500)));
        written.put("pong", Encoder.pong("1"));
        written.put("authenticated", TokenFrames.authenticated("alice", Duration.ofMinutes(10)));
        written.put("authenticated by an open server", TokenFrames.authenticated(null, null));
        written.put("token-expiring", TokenFrames.expiring(Duration.ofSeconds(30)));
        written.put("unauthorized", TokenFrames.unauthorized());
        events().forEach((name, event) -> written.put(name, Encoder.encode(event, IceServers.NONE)));
        putWithIceServers(written);
        messages().forEach((name, delivery) -> written.put(name, Encoder.encode(delivery)));

        Map<String, Object> vectors = vectors("server-frames.json");
        assertThat(written.keySet()).isEqualTo(vectors.keySet());
        written.forEach((name, text) ->
                assertThat(JsonDocument.parse(text).fields()).as(name).isEqualTo(vectors.get(name)));
        assertThat(kindsOf(List.copyOf(events().values())))
                .containsAll(kinds(
                        ServerEvent.class,
                        ServerEvent.Delivery.class,
                        ServerEvent.Elsewhere.class)); // which no client is told
        assertThat(kindsOf(messages().values().stream()
                        .map(ServerEvent.Delivery::message)
                        .toList()))
                .containsAll(kinds(Message.class));
    }

    private static Map<String, ServerEvent> events() {
        ErrorCode busy = ErrorCode.BUSY;
        return Map.ofEntries(
                Map.entry(
                        "peer-created",
                        new ServerEvent.Created(
                                B,
                                new RoomId("r"),
                                List.of(
                                        new RoomPeer(A, new Incarnation("i-a"), false),
                                        new RoomPeer(C, new Incarnation("i-c"), true)),
                                EPOCH,
                                0)),
                Map.entry("peer-created, refused", new ServerEvent.CreateRefused(B, ErrorCode.ROOM_FULL)),
                Map.entry("peer-destroyed", new ServerEvent.Destroyed(B)),
                Map.entry("resumed", new ServerEvent.Resumed(B, EPOCH, 7, 12, null)),
                Map.entry(
                        "reset",
                        new ServerEvent.Reset(
                                B,
                                ResetReason.STORE_WENT_BACK,
                                new Epoch("e-b2"),
                                List.of(new RoomPeer(A, new Incarnation("i-a"), false)),
                                5L)),
                Map.entry(
                        "reset of another epoch",
                        new ServerEvent.Reset(
                                B,
                                ResetReason.EPOCH,
                                new Epoch("e-b2"),
                                List.of(new RoomPeer(A, new Incarnation("i-a"), true)),
                                null)),
                Map.entry(
                        "resumed after a restart of the server",
                        new ServerEvent.Resumed(
                                B, EPOCH, 7, 12, List.of(new RoomPeer(A, new Incarnation("i-a"), false)))),
                Map.entry("in use", new ServerEvent.CreateRefused(B, ErrorCode.SESSION_IN_USE, Duration.ofSeconds(41))),
                Map.entry("gone", new ServerEvent.Gone(B)),
                Map.entry("taken-over", new ServerEvent.TakenOver(B)),
                Map.entry("seq-gap", new ServerEvent.Rejected(B, ErrorCode.SEQ_GAP, 7L)),
                Map.entry("busy", new ServerEvent.Rejected(B, busy, null)),
                Map.entry("quota-exceeded", new ServerEvent.Rejected(B, ErrorCode.QUOTA_EXCEEDED, null)));
    }

    private static Map<String, ServerEvent.Delivery> messages() {
        Signal offer = new Signal(Signal.Kind.OFFER, B, "\"to\":\"b\",\"sdp\":\"v=0\"");
        Signal empty = new Signal(Signal.Kind.MESSAGE, null, "");
        Epoch sender = new Epoch("e-a");
        Map<String, Message> messages = new LinkedHashMap<>();
        messages.put("offer", new Message.Signalled(A, new Source(sender, 7), offer));
        messages.put("message without fields", new Message.Signalled(A, new Source(sender, 8), empty));
        messages.put("peer-joined", new Message.PeerJoined(C, new Incarnation("i-c")));
        messages.put("peer-away", new Message.PeerAway(C, new Incarnation("i-c")));
        messages.put("peer-back", new Message.PeerBack(C, new Incarnation("i-c")));
        messages.put("peer-restarted", new Message.PeerRestarted(C, new Incarnation("i-c"), ResetReason.NEW_INSTANCE));
        messages.put("peer-left", new Message.PeerLeft(C, EndReason.EXPIRED));
        messages.put(
                "undeliverable",
                new Message.Undeliverable(C, List.of(1L, 2L, MAX), Message.UndeliverableReason.OVERFLOW));
        Map<String, ServerEvent.Delivery> deliveries = new LinkedHashMap<>();
        messages.forEach(
                (name, message) -> deliveries.put(name, new ServerEvent.Delivery(B, deliveries.size() + 3L, message)));
        return deliveries;
    }

    /** From 2026-01-01T10:00:00Z on; the credential is what {@code openssl dgst -sha1 -hmac} makes. */
    private static void putWithIceServers(Map<String, String> written) {
        IceServers ice = new IceServers(
                IceUrls.parse("stun:turn.example.org:3478, turn:turn.example.org:3478?transport=udp,"
                                + "turns:turn.example.org:5349?transport=tcp")
                        .orElseThrow(),
                new TurnCredentials(
                        "a secret shared with coturn".getBytes(StandardCharsets.US_ASCII),
                        Duration.ofHours(1),
                        new FakeTimer()));
        written.put("welcome of a server with ICE servers", Encoder.welcome("c-1", parameters(ice)));
        for (String name : List.of("peer-created", "resumed", "reset")) {
            written.put(name + " with ICE servers", Encoder.encode(Objects.requireNonNull(events().get(name)), ice));
        }
        written.put("ice-servers", ice.frame(B));
    }

    private static ServerParameters parameters(IceServers iceServers) {
        return new ServerParameters(
                new ReconnectPolicy(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 5, Duration.ofSeconds(60)),
                0.2,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                new MailboxBounds(10_000, 4_194_304),
                65_536,
                false,
                iceServers);
    }

    @Test
    void readsEveryFrameOfAClient() throws IOException, BadFrameException {
        Credentials credentials = new Credentials(
                new ResumeKey("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA_-").hash(), new Instance("i-1"), 1);
        Credentials later = new Credentials(credentials.key(), credentials.instance(), 2);
        Map<String, Incoming> read = new HashMap<>();
        read.put("auth", new Incoming.Auth("header.claims.signature"));
        read.put("create-peer", new Incoming.CreatePeer(B, new RoomId("r"), credentials));
        read.put(
                "offer",
                new Incoming.Signalling(B, 1, new Signal(Signal.Kind.OFFER, A, "\"to\":\"a\",\"sdp\":\"v=0\""), null));
        read.put("message", new Incoming.Signalling(B, MAX, new Signal(Signal.Kind.MESSAGE, null, ""), null));
        read.put("ack", new Incoming.Ack(Map.of(B, 12L, C, 0L)));
        read.put(
                "resume",
                new Incoming.Resume(List.of(new Incoming.Resume.Item(B, later, new Position(EPOCH, 9, 8, 7)))));
        read.put("destroy-peer", new Incoming.DestroyPeer(B));
        read.put("leave", new Incoming.Leave());
        read.put("ice-servers", new Incoming.IceServersRequest(B));
        read.put(
                "offer to one owner",
                new Incoming.Signalling(
                        B,
                        2,
                        new Signal(Signal.Kind.OFFER, A, "\"to\":\"a\",\"to_incarnation\":\"i-a\""),
                        new Incarnation("i-a")));
        read.put("ping", new Incoming.Ping("1"));

        Map<String, String> vectors = texts("client-frames.json");
        assertThat(vectors.keySet()).isEqualTo(read.keySet());
        for (Map.Entry<String, String> vector : vectors.entrySet()) {
            assertThat(Decoder.decode(vector.getValue(), Subprotocol.RESUMABLE))
                    .as(vector.getKey())
                    .isEqualTo(read.get(vector.getKey()));
        }
    }

    @Test
    void refusesEveryBadFrame() throws IOException {
        texts("bad-client-frames.json").forEach((name, vector) -> {
            String frame = vector.substring(vector.indexOf(':') + 1, vector.lastIndexOf(",\"code\""));
            String code = String.valueOf(JsonDocument.parse(vector).get("code"));
            assertThatExceptionOfType(BadFrameException.class)
                    .as(name)
                    .isThrownBy(() -> Decoder.decode(frame, Subprotocol.RESUMABLE))
                    .satisfies(bad -> assertThat(bad.code().wireName()).as(name).isEqualTo(code));
        });
    }

    @Test
    void aPlainClientKnowsNoneOfThem() throws IOException {
        Map<String, String> vectors = texts("client-frames.json");
        for (String type : List.of("resume", "ack", "offer", "ice-servers")) {
            assertThatExceptionOfType(BadFrameException.class)
                    .isThrownBy(() -> Decoder.decode(vectors.getOrDefault(type, ""), Subprotocol.PLAIN));
        }
    }

    private static Set<Class<?>> kindsOf(List<?> values) {
        return Set.copyOf(values.stream().<Class<?>>map(Object::getClass).toList());
    }

    private static List<Class<?>> kinds(Class<?> sealed, Class<?>... but) {
        return List.of(sealed.getPermittedSubclasses()).stream()
                .<Class<?>>map(kind -> kind)
                .flatMap(kind -> kind.isSealed() ? kinds(kind).stream() : Stream.of(kind))
                .filter(kind -> !List.of(but).contains(kind))
                .toList();
    }

    private static Map<SessionId, Long> inOrder(Map<SessionId, Long> acceptedSeqs) {
        return new TreeMap<>(acceptedSeqs);
    }

    private static Map<String, Object> vectors(String file) throws IOException {
        return new LinkedHashMap<>(JsonDocument.parse(Files.readString(Path.of("src/test/vectors", file)))
                .fields());
    }

    /** The frames as text, without the spaces that the file has for people. */
    private static Map<String, String> texts(String file) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("src/test/vectors", file))) {
            if (line.startsWith("  \"")) {
                int end = line.indexOf("\": {");
                String text = line.substring(end + 3).replaceFirst(",$", "");
                texts.put(line.substring(3, end), text.replaceAll("(?<=[\":,\\]}0-9l]) (?=[\"\\[{0-9n-])", ""));
            }
        }
        return texts;
    }
}
