package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/** What a server that asks for tokens lets whom do: each row of the table in docs/security.md, on any server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TokenContract {

    private static final String V1 = "tokenly.v1";
    private static final String KEY = "k".repeat(43);
    private static final String ICE_SECRET = "what-coturn-and-this-server-share";

    private final List<String> shown = new ArrayList<>(); // all tokens, to be searched for in the end
    private final List<RtcPeer> peers = new ArrayList<>();
    private TokenlyServer server;
    private Path revoked;
    private Path data;
    private int number;

    abstract ServerKind kind();

    @BeforeAll
    void startServer(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), Jwts.SECRET + "\n");
        Path keys = Files.writeString(directory.resolve("keys.json"), Jwts.keys());
        revoked = Files.writeString(directory.resolve("revoked"), "# nobody yet\n");
        data = directory.resolve("data");
        server = TokenlyServer.of(
                        kind(),
                        Map.ofEntries(
                                Map.entry("TOKENLY_TOKEN_SECRET_FILE", secret.toString()),
                                Map.entry("TOKENLY_TOKEN_KEYS", keys.toString()),
                                Map.entry("TOKENLY_TOKEN_LEEWAY_MS", "0"),
                                Map.entry("TOKENLY_REVOKED_FILE", revoked.toString()),
                                Map.entry("TOKENLY_ADMIN_TOKEN", "the-admin-of-the-tests"),
                                Map.entry("TOKENLY_STORE_DIR", data.toString()),
                                Map.entry("TOKENLY_HEARTBEAT_INTERVAL_MS", "500"),
                                Map.entry("TOKENLY_HEARTBEAT_TIMEOUT_MS", "5000"),
                                Map.entry("TOKENLY_ICE_URLS", "stun:turn.example:3478,turn:turn.example:3478"),
                                Map.entry("TOKENLY_ICE_SECRET", ICE_SECRET)))
                .start();
        await().atMost(Duration.ofMinutes(2)).until(this::takesConnections); // Payara serves /status before /rtc
    }

    private boolean takesConnections() {
        try (RawRtc trial = RawRtc.connect(server)) {
            return trial.answer().contains("101");
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    void nothingSecretIsLeftAnywhere() throws IOException {
        String status = StatusProbe.of(server).json().text();
        server.close();
        StringBuilder written = new StringBuilder(server.log()).append(status);
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(written).contains("tokens are asked for");
        for (String token : shown) {
            assertThat(written).doesNotContain(token.substring(token.lastIndexOf('.') + 1)); // its signature
        }
        assertThat(written).doesNotContain(KEY, Jwts.SECRET, ICE_SECRET, "the-admin-of-the-tests");
    }

    @BeforeEach
    void nameTheActors() {
        number++;
    }

    @AfterEach
    void leaveNobodyBehind() {
        peers.forEach(RtcPeer::close);
        peers.clear();
    }

    private String named(String name) {
        return name + "-" + number;
    }

    private Map<String, Object> roomGrant() {
        return Map.of("room", named("room"));
    }

    private String token(String name) {
        return token(name, roomGrant());
    }

    private String token(String name, Map<String, Object> grants) {
        return noted(Jwts.token(named(name), grants));
    }

    private String noted(String token) {
        shown.add(token);
        return token;
    }

    private RtcPeer plain() {
        RtcPeer peer = RtcPeer.connect(server);
        peers.add(peer);
        return peer;
    }

    private RtcPeer resumable() {
        RtcPeer peer = RtcPeer.connect(server, V1);
        peers.add(peer);
        assertThat(peer.next().get("token")).isEqualTo("required");
        return peer;
    }

    private static JsonDocument auth(RtcPeer peer, String token) {
        peer.send("{\"type\":\"auth\",\"token\":\"" + token + "\"}");
        return peer.await("authenticated");
    }

    /** A plain client with a token for itself. */
    private RtcPeer known(String name, Map<String, Object> grants) {
        RtcPeer peer = plain();
        auth(peer, token(name, grants));
        return peer;
    }

    private RtcPeer joined(String name, Map<String, Object> grants) {
        RtcPeer peer = known(name, grants);
        assertThat(peer.create(named(name), named("room")).get("success")).isEqualTo(true);
        return peer;
    }

    private JsonDocument createWithKey(RtcPeer peer, String name, String key) {
        peer.send("{\"type\":\"create-peer\",\"session_id\":\"" + named(name) + "\",\"room_id\":\"" + named("room")
                + "\",\"resume_key\":\"" + key + "\",\"instance\":\"i\",\"attempt\":1}");
        return peer.await("peer-created");
    }

    private JsonDocument resume(RtcPeer peer, String name, String epoch) {
        peer.send("{\"type\":\"resume\",\"instance\":\"i\",\"attempt\":2,\"sessions\":[{\"session_id\":\"" + named(name)
                + "\",\"resume_key\":\"" + KEY + "\",\"epoch\":\"" + epoch + "\",\"received\":0,\"sent\":0}]}");
        return peer.await("resumed");
    }

    private static void assertRefused(JsonDocument answer, String code) {
        assertThat(answer.get("success")).as(answer.text()).isEqualTo(false);
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"");
    }

    @Test
    void whoShowsNoTokenGetsNothing() {
        for (String frame : List.of(
                "{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"r\"}",
                "{\"type\":\"destroy-peer\",\"session_id\":\"a\"}",
                "{\"type\":\"message\",\"session_id\":\"a\"}")) {
            RtcPeer stranger = plain();
            stranger.send(frame);
            assertThat(stranger.next().get("code")).isEqualTo("unauthorized");
            assertThat(stranger.awaitClose().code()).isEqualTo(4003);
        }
        RtcPeer stranger = resumable();
        stranger.send("{\"type\":\"ping\"}"); // may look whether the server is there
        assertThat(stranger.next().type()).isEqualTo("pong");
        stranger.send("{\"type\":\"leave\"}");
        assertThat(stranger.next().get("code")).isEqualTo("unauthorized");
        assertThat(stranger.awaitClose().code()).isEqualTo(4003);
    }

    @Test
    void whoeverHasATokenIsTheOneItNames() {
        RtcPeer alice = plain();
        JsonDocument known = auth(alice, token("alice"));
        assertThat(known.get("sub")).isEqualTo(named("alice"));
        assertThat((BigDecimal) known.get("expires_in_ms"))
                .isBetween(BigDecimal.valueOf(500_000), BigDecimal.valueOf(600_000));
        assertThat(alice.create(named("alice"), named("room")).get("success")).isEqualTo(true);
    }

    @Test
    void onlyWhoHasASessionGetsTurnCredentialsAndNewOnesWhenItAsks() throws IOException, InterruptedException {
        HttpResponse<String> info = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/info"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(info.body()).isEqualTo("{\"turn\":true,\"stun\":true,\"token\":true}");
        RtcPeer alice = resumable();
        String ask = "{\"type\":\"ice-servers\",\"session_id\":\"" + named("alice") + "\"}";
        auth(alice, token("alice"));
        alice.send(ask);
        assertThat(alice.next().get("code")).isEqualTo("unknown-session");
        JsonDocument created = createWithKey(alice, "alice", KEY);
        assertThat(created.text())
                .containsPattern("\"ice_servers\":\\[\\{\"urls\":\\[\"stun:turn.example:3478\"]},"
                        + "\\{\"urls\":\\[\"turn:turn.example:3478\"],\"username\":\"[0-9]{10}:" + named("alice")
                        + "\",\"credential\":\"[A-Za-z0-9+/]{27}=\"}],\"ice_lifetime_ms\":3600000");
        alice.send(ask);
        assertThat(alice.await("ice-servers").text()).contains("\"username\"", "\"ice_lifetime_ms\":3600000");
        RtcPeer stranger = resumable();
        stranger.send(ask);
        assertThat(stranger.next().get("code")).isEqualTo("unauthorized");
    }

    @Test
    void aTokenOfTheKeySetCountsLikeOneOfTheSecret() {
        RtcPeer alice = plain();
        auth(alice, noted(Jwts.signedByRsa(Jwts.claims(named("alice"), 600, roomGrant()))));
        assertThat(alice.create(named("alice"), named("room")).get("success")).isEqualTo(true);
    }

    @Test
    void aTokenMayComeAmongTheSubprotocols() {
        RtcPeer alice = RtcPeer.connect(server, V1, "tokenly.token." + token("alice"));
        peers.add(alice);
        assertThat(alice.subprotocol()).isEqualTo(V1);
        assertThat(alice.next().type()).isEqualTo("welcome");
        assertThat(alice.next().type()).isEqualTo("authenticated");
        assertThat(createWithKey(alice, "alice", KEY).get("success")).isEqualTo(true);
        RtcPeer bob = RtcPeer.connect(server, "tokenly.token." + token("bob"));
        peers.add(bob);
        assertThat(bob.subprotocol()).isEmpty();
        assertThat(bob.next().type()).isEqualTo("authenticated");
    }

    @Test
    void aTokenInTheAddressIsNotSeen() {
        RtcPeer stranger = RtcPeer.connectWithQuery(server, "access_token=" + token("alice"));
        peers.add(stranger);
        stranger.send("{\"type\":\"create-peer\",\"session_id\":\"a\",\"room_id\":\"r\"}");
        assertThat(stranger.next().get("code")).isEqualTo("unauthorized");
        assertThat(stranger.awaitClose().code()).isEqualTo(4003);
    }

    static Stream<Named<Function<JwtClaims, String>>> forgeries() {
        return Stream.of(
                Named.of(
                        "signed with another secret",
                        claims -> Jwts.signed(
                                claims,
                                "HS256",
                                Jwts.hmac("another secret".repeat(3).getBytes(StandardCharsets.US_ASCII)))),
                Named.of(
                        "of another algorithm with the right secret",
                        claims -> Jwts.signed(
                                claims,
                                AlgorithmIdentifiers.HMAC_SHA512,
                                Jwts.hmac(Jwts.SECRET.getBytes(StandardCharsets.UTF_8)))),
                Named.of("signed with the public key as a secret", Jwts::confused),
                Named.of("unsigned", Jwts::unsigned),
                Named.of("changed after it was signed", claims -> tampered(Jwts.signed(claims))),
                Named.of("too large", claims -> {
                    claims.setClaim("padding", "x".repeat(5_000));
                    return Jwts.signed(claims);
                }),
                Named.of("without a subject", claims -> {
                    claims.unsetClaim("sub");
                    return Jwts.signed(claims);
                }),
                Named.of("without an end", claims -> {
                    claims.unsetClaim("exp");
                    return Jwts.signed(claims);
                }),
                Named.of("with a grant of another type", claims -> {
                    claims.setClaim("tokenly", Map.of("room", 1));
                    return Jwts.signed(claims);
                }),
                Named.of("no token at all", claims -> "x.y.z"));
    }

    private static String tampered(String token) {
        int dot = token.indexOf('.') + 1;
        return token.substring(0, dot + 20) + (token.charAt(dot + 20) == 'A' ? 'B' : 'A') + token.substring(dot + 21);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void aTokenIsRefusedThatIs(Function<JwtClaims, String> forgery) {
        String forged = forgery.apply(Jwts.claims(named("mallory"), 600, roomGrant()));
        RtcPeer mallory = plain();
        mallory.send("{\"type\":\"auth\",\"token\":\"" + forged + "\"}");
        mallory.sendIfOpen("{\"type\":\"create-peer\",\"session_id\":\"" + named("mallory") + "\",\"room_id\":\""
                + named("room") + "\"}");
        RtcPeer.Closed closed = mallory.awaitClose();
        assertThat(closed.code()).isEqualTo(4003);
        assertThat(closed.reason()).isNotEmpty().doesNotContain(forged);
        assertThat(mallory.seen())
                .noneMatch(frame -> frame.isA("authenticated") || frame.text().contains("\"success\":true"));
        peers.remove(mallory);
    }

    @Test
    void anExpiredTokenAsksForANewOne() {
        RtcPeer alice = plain();
        alice.send("{\"type\":\"auth\",\"token\":\"" + noted(Jwts.signed(Jwts.claims(named("alice"), -60, roomGrant())))
                + "\"}");
        assertThat(alice.awaitClose().code()).isEqualTo(4001);
    }

    @Test
    void anotherRoomAndAnotherNameAreNotAllowedWhetherOrNotTheyExist() {
        joined("bob", roomGrant());
        RtcPeer alice = known("alice", roomGrant());
        assertRefused(alice.create(named("alice"), named("other-room")), "not-allowed");
        String existing = alice.create(named("bob"), named("room")).text();
        String absent = alice.create(named("bot"), named("room")).text();
        assertThat(existing.replace("bob", "bot")).isEqualTo(absent).contains("not-allowed");
    }

    @Test
    void aSessionBelongsToWhoCreatedIt() {
        Map<String, Object> everything = Map.of("roomPrefix", "", "sessionPrefix", "");
        RtcPeer alice = resumable();
        auth(alice, token("alice", everything));
        String epoch = String.valueOf(createWithKey(alice, "alice", KEY).get("epoch"));
        RtcPeer mallory = resumable();
        auth(mallory, token("mallory", everything));
        assertRefused(createWithKey(mallory, "alice", KEY), "session-in-use"); // with the stolen key
        assertThat(resume(mallory, "alice", epoch).get("outcome")).isEqualTo("gone");
        assertThat(resume(mallory, "nobody", epoch).get("outcome")).isEqualTo("gone");
        alice.abort();
        assertThat(resume(mallory, "alice", epoch).get("outcome")).isEqualTo("gone");
        RtcPeer again = resumable();
        auth(again, token("alice", everything));
        assertThat(resume(again, "alice", epoch).get("outcome")).isEqualTo("resumed");
    }

    @Test
    void itsOwnerGetsASessionBackWithoutTheKey() {
        RtcPeer bob = joined("bob", roomGrant());
        RtcPeer old = resumable();
        auth(old, token("alice"));
        createWithKey(old, "alice", KEY);
        bob.await("peer-joined");
        RtcPeer device = resumable();
        auth(device, token("alice"));
        assertThat(createWithKey(device, "alice", "d".repeat(43)).get("success"))
                .isEqualTo(true);
        assertThat(old.await("taken-over").isFor(named("alice"))).isTrue();
        assertThat(old.awaitClose().code()).isEqualTo(4010);
        assertThat(bob.await("peer-left").get("reason")).isEqualTo("replaced");
        assertThat(bob.await("peer-joined").get("peer")).isEqualTo(named("alice"));
        device.send("{\"type\":\"message\",\"session_id\":\"" + named("alice") + "\",\"seq\":1,\"text\":\"here\"}");
        assertThat(bob.await("message").get("text")).isEqualTo("here");
    }

    @Test
    void aSignalThatIsNotGrantedIsNamedWhetherOrNotItsAddresseeExists() {
        RtcPeer bob = joined("bob", roomGrant());
        RtcPeer carol = joined("carol", roomGrant());
        RtcPeer alice = joined(
                "alice",
                Map.of(
                        "room",
                        named("room"),
                        "send",
                        Map.of("types", List.of("message"), "to", List.of(named("bob")))));
        String prefix = "{\"session_id\":\"" + named("alice") + "\",\"type\":";
        alice.send(prefix + "\"offer\",\"to\":\"" + named("bob") + "\"}");
        assertThat(alice.await("undeliverable").get("reason")).isEqualTo("not-allowed");
        alice.send(prefix + "\"message\",\"to\":\"" + named("carol") + "\"}");
        String existing = alice.await("undeliverable").text();
        alice.send(prefix + "\"message\",\"to\":\"" + named("carob") + "\"}");
        assertThat(alice.await("undeliverable").text())
                .isEqualTo(existing.replace("carol", "carob"))
                .contains("not-allowed");
        alice.send(prefix + "\"message\"}");
        assertThat(alice.await("undeliverable").get("reason")).isEqualTo("not-allowed");
        alice.send(prefix + "\"message\",\"to\":\"" + named("bob") + "\",\"text\":\"granted\"}");
        assertThat(bob.await("message").get("text")).isEqualTo("granted");
        assertThat(carol.seen()).noneMatch(frame -> frame.isA("message"));
    }

    @Test
    void aHiddenOneIsNotSeenAndOneWithoutListSeesNobody() {
        RtcPeer bob = joined("bob", roomGrant());
        RtcPeer monitor = known("monitor", Map.of("room", named("room"), "hidden", true));
        assertThat(monitor.create(named("monitor"), named("room")).get("peers")).isEqualTo(List.of(named("bob")));
        RtcPeer blind = known("blind", Map.of("room", named("room"), "list", false));
        assertThat(blind.create(named("blind"), named("room")).get("peers")).isEqualTo(List.of());
        RtcPeer carol = known("carol", roomGrant());
        assertThat(carol.create(named("carol"), named("room")).get("peers"))
                .isEqualTo(List.of(named("bob"), named("blind")));
        carol.send("{\"type\":\"message\",\"session_id\":\"" + named("carol") + "\",\"text\":\"to all\"}");
        assertThat(monitor.await("message").get("text")).isEqualTo("to all");
        assertThat(blind.await("message").get("text")).isEqualTo("to all");
        assertThat(bob.await("message").get("text")).isEqualTo("to all");
        assertThat(blind.seen()).noneMatch(frame -> frame.isA("peer-joined"));
        assertThat(bob.toString()).doesNotContain(named("monitor"));
    }

    @Test
    void aTokenIsRenewedOnTheSameConnection() {
        RtcPeer alice = resumable();
        auth(alice, noted(Jwts.signed(Jwts.claims(named("alice"), 9, roomGrant()))));
        String epoch = String.valueOf(createWithKey(alice, "alice", KEY).get("epoch"));
        assertThat((BigDecimal) alice.await("token-expiring").get("expires_in_ms"))
                .isLessThanOrEqualTo(BigDecimal.valueOf(3_000));
        auth(alice, noted(Jwts.signed(Jwts.claims(named("alice"), 6, roomGrant()))));
        alice.await("token-expiring");
        assertThat(alice.awaitClose().code()).isEqualTo(4001);
        RtcPeer again = resumable();
        auth(again, token("alice"));
        assertThat(resume(again, "alice", epoch).get("outcome")).isEqualTo("resumed");
    }

    @Test
    void aNewTokenOfSomebodyElseOrForAnotherRoomEndsTheConnection() {
        RtcPeer alice = joined("alice", roomGrant());
        alice.send("{\"type\":\"auth\",\"token\":\"" + token("bob") + "\"}");
        assertThat(alice.awaitClose().code()).isEqualTo(4003);
        RtcPeer carol = joined("carol", roomGrant());
        carol.send("{\"type\":\"auth\",\"token\":\"" + token("carol", Map.of("room", "elsewhere")) + "\"}");
        assertThat(carol.awaitClose().code()).isEqualTo(4003);
    }

    @Test
    void whoIsRevokedIsClosedAndStaysOut() throws IOException {
        RtcPeer bob = joined("bob", roomGrant());
        RtcPeer alice = joined("alice", roomGrant());
        Files.writeString(revoked, "sub " + named("alice") + "\n", StandardOpenOption.APPEND);
        assertThat(alice.awaitClose().code()).isEqualTo(4003);
        assertThat(bob.await("peer-left").get("peer")).isEqualTo(named("alice"));
        RtcPeer again = plain();
        again.send("{\"type\":\"auth\",\"token\":\"" + token("alice") + "\"}");
        assertThat(again.awaitClose().code()).isEqualTo(4003);
        assertThat(bob.isOpen()).isTrue();
    }

    @Test
    void aGatewaySpeaksForManyAndFasterThanOthers() {
        RtcPeer gateway = known("gateway", Map.of("roomPrefix", "", "sessionPrefix", "", "gateway", true));
        int count = 1_100; // one connection may create 1,000 otherwise, and send 2,000 at once
        IntStream.range(0, count)
                .forEach(i -> gateway.send("{\"type\":\"create-peer\",\"session_id\":\"" + named("g" + i)
                        + "\",\"room_id\":\"" + named("room" + i) + "\"}"));
        for (int i = 0; i < count; i++) {
            JsonDocument created = gateway.await("peer-created");
            assertThat(created.get("success")).as(created.text()).isEqualTo(true);
        }
        IntStream.range(0, 5_000).forEach(i -> gateway.send("{\"type\":\"ping\"}"));
        IntStream.range(0, 5_000).forEach(i -> gateway.await("pong"));
        assertThat(gateway.isOpen()).isTrue();
    }
}
