package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a client keeps the credentials of its ICE servers good: PROTOCOL.md, "ICE servers". They live for a minute here. */
class IceServersTest {

    private static final String WELCOME =
            Scene.WELCOME.replace("'connection'", "'features':['leave','ice-servers'],'connection'");
    private static final String ASK = "{\"type\":\"ice-servers\",\"session_id\":\"a\"}";
    private static final int EARLY = 45_000;

    private final Scene scene = new Scene();
    private final Notes notes = new Notes();

    /** Of a TURN server with that password, and a STUN server. */
    private static String servers(String credential) {
        return "'ice_servers':[{'urls':['stun:s']},{'urls':['turn:t','turns:t'],'username':'u','credential':'"
                + credential + "'}],'ice_lifetime_ms':60000}";
    }

    private static List<IceServer> named(String credential) {
        return List.of(
                new IceServer(List.of("stun:s"), null, null),
                new IceServer(List.of("turn:t", "turns:t"), "u", credential));
    }

    private Peer peer(String welcome) {
        scene.link().say(welcome);
        Peer[] created = new Peer[1];
        scene.client.createPeer("a", "r", notes).thenAccept(peer -> created[0] = peer);
        scene.link()
                .say("{'type':'peer-created','session_id':'a','success':true,'peers':[],'epoch':'e1'," + servers("c1"));
        scene.link().sent();
        return created[0];
    }

    private void pass(long millis) {
        scene.link().listener.heard();
        scene.timer.advanceMillis(millis);
    }

    /** A little at a time, so that the connection stays alive. */
    private List<String> asked(int millis) {
        for (int i = 0; i < millis; i += 5_000) {
            pass(Math.min(5_000, millis - i));
        }
        return scene.link().sent("ice-servers").stream().map(Object::toString).toList();
    }

    @Test
    void areRenewedWhenThreeQuartersOfTheirTimeAreOver() {
        Peer peer = peer(WELCOME);
        assertThat(peer.iceServers()).isEqualTo(named("c1"));
        assertThat(asked(EARLY - 1)).isEmpty();
        assertThat(asked(1)).containsExactly(ASK);
        scene.link().say("{'type':'ice-servers','session_id':'a'," + servers("c2"));
        assertThat(peer.iceServers()).isEqualTo(named("c2"));
        assertThat(asked(EARLY - 1)).isEmpty();
        assertThat(asked(1)).containsExactly(ASK);
    }

    @Test
    void areNotAskedForOfAServerThatCannotRenewThem() {
        Peer peer = peer(LeavingTest.WELCOME);
        assertThat(peer.iceServers()).isEqualTo(named("c1"));
        assertThat(asked(2 * EARLY)).isEmpty();
    }

    @Test
    void comeWithTheSessionWhenItIsResumed() {
        Peer peer = peer(WELCOME);
        asked(EARLY - 5_000);
        scene.link().listener.closed(1006, "cut");
        assertThat(peer.iceServers()).isEqualTo(named("c1"));
        scene.client.reconnectNow();
        scene.link().say(WELCOME);
        assertThat(asked(5_000)).as("while it is not resumed").isEmpty();
        scene.link()
                .say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0,"
                        + servers("c2"));
        assertThat(peer.iceServers()).isEqualTo(named("c2"));
        assertThat(asked(EARLY - 1)).isEmpty();
        assertThat(asked(1)).containsExactly(ASK);
        scene.link()
                .say("{'type':'resumed','session_id':'a','outcome':'reset','reason':'overflow','epoch':'e2',"
                        + "'peers':[],'incarnations':[],'away':[]," + servers("c3"));
        assertThat(peer.iceServers()).isEqualTo(named("c3"));
    }

    @Test
    void areNoneWhereTheServerNamesNoneAnyMore() {
        Peer peer = peer(WELCOME);
        scene.reconnect()
                .say("{'type':'resumed','session_id':'a','outcome':'resumed','epoch':'e1','received':0,'last':0}");
        assertThat(peer.iceServers()).isEmpty();
        assertThat(asked(EARLY)).isEmpty();
    }

    @Test
    void nothingIsLeftOfASessionThatHasEnded() {
        peer(WELCOME);
        scene.client.close();
        scene.link().say("{'type':'peer-destroyed','session_id':'a'}");
        scene.link().listener.closed(1000, "");
        assertThat(scene.timer.pending()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "[1]", "[{}]", "[{'urls':[]}]", "[{'urls':'stun:a'}]", "[{'urls':[1]}]"})
    void whatIsNoServerIsLeftOut(String servers) {
        Peer peer = peer(WELCOME);
        scene.link().say("{'type':'ice-servers','session_id':'a','ice_servers':" + servers + ",'ice_lifetime_ms':'x'}");
        assertThat(peer.iceServers()).isEmpty();
        assertThat(scene.link().isAborted).isFalse();
    }

    @Test
    void nobodyChangesTheListAndNoLogShowsTheCredential() {
        List<IceServer> servers = peer(WELCOME).iceServers();
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> servers.remove(0));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> servers.get(0).urls().add("x"));
        assertThat(servers.toString()).contains("turn:t").doesNotContain("c1");
    }
}
