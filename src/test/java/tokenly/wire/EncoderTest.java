package tokenly.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;
import tokenly.session.Epoch;
import tokenly.session.Incarnation;
import tokenly.session.Message;
import tokenly.session.RoomId;
import tokenly.session.RoomPeer;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;

/** The frames of plain clients; {@link VectorsTest} has those of resumable ones, and that none is left out. */
class EncoderTest {

    private static final SessionId A = new SessionId("a");
    private static final SessionId B = new SessionId("b\"\\");

    private static final Source SOURCE = new Source(new Epoch("e"), 7);

    @Test
    void aPlainClientGetsNoEpochAndNoNumbers() {
        assertThat(Encoder.encode(plainCreated(), IceServers.NONE))
                .isEqualTo(text(
                        "{'type':'peer-created','session_id':'a','success':true,'room_id':'r','peers':['b\\\"\\\\']}"));
        assertThat(plain(new Message.PeerJoined(B, new Incarnation("i"))))
                .isEqualTo(text("{'type':'peer-joined','session_id':'a','peer':'b\\\"\\\\'}"));
        assertThat(plain(new Message.Undeliverable(B, List.of(1L), Message.UndeliverableReason.UNKNOWN_PEER)))
                .isEqualTo(text("{'type':'undeliverable','session_id':'a','to':'b\\\"\\\\','reason':'unknown-peer'}"));
    }

    private static ServerEvent plainCreated() {
        return new ServerEvent.Created(
                A, new RoomId("r"), List.of(new RoomPeer(B, Incarnation.UNKNOWN, true)), null, 0);
    }

    @Test
    void aPlainClientGetsIceServers() {
        IceServers stun = new IceServers(IceUrls.parse("stun:[::1]").orElseThrow(), null);
        assertThat(Encoder.encode(plainCreated(), stun))
                .isEqualTo(text("{'type':'peer-created','session_id':'a','success':true,'room_id':'r',"
                        + "'peers':['b\\\"\\\\'],'ice_servers':[{'urls':['stun:[::1]']}]}"));
    }

    @Test
    void whatEndsOrRefusesASessionNamesNoIceServers() {
        IceServers stun = new IceServers(IceUrls.parse("stun:[::1]").orElseThrow(), null);
        assertThat(Stream.of(
                                new ServerEvent.Gone(A),
                                new ServerEvent.CreateRefused(A, ErrorCode.ROOM_FULL),
                                new ServerEvent.Destroyed(A))
                        .map(event -> Encoder.encode(event, stun)))
                .noneMatch(frame -> frame.contains("ice"));
    }

    @Test
    void aSignalToAllThatIsNotAllowedNamesNoAddressee() {
        Message refused = new Message.Undeliverable(null, List.of(7L), Message.UndeliverableReason.NOT_ALLOWED);
        assertThat(Encoder.encode(new ServerEvent.Delivery(A, 3, refused)))
                .isEqualTo(text("{'type':'undeliverable','session_id':'a','seq':3,'seqs':[7],'reason':'not-allowed'}"));
    }

    @Test
    void theFieldsOfASignalArePassedOnAsTheyCame() {
        Signal signal = new Signal(Signal.Kind.ICE_CANDIDATE, A, "\"to\":\"a\",\"n\" : 1.0");
        assertThat(plain(new Message.Signalled(B, SOURCE, signal)))
                .isEqualTo(text("{'type':'ice-candidate','session_id':'a','from':'b\\\"\\\\','to':'a','n' : 1.0}"));
    }

    private static String plain(Message message) {
        return Encoder.encode(new ServerEvent.Delivery(A, ServerEvent.UNNUMBERED, message));
    }

    private static String text(String frame) {
        return frame.replace('\'', '"');
    }

    @Test
    void aSignalWithoutFieldsOfItsOwnIsWhole() {
        Message empty = new Message.Signalled(A, SOURCE, new Signal(Signal.Kind.MESSAGE, null, ""));
        assertThat(Encoder.encode(new ServerEvent.Delivery(A, 0, empty)))
                .isEqualTo("{\"type\":\"message\",\"session_id\":\"a\",\"from\":\"a\"}");
    }

    @Test
    void answersAPingWithItsOwnId() {
        assertThat(Encoder.pong("{ \"n\": 1.0}")).isEqualTo("{\"type\":\"pong\",\"id\":{ \"n\": 1.0}}");
        assertThat(Encoder.pong(null)).isEqualTo("{\"type\":\"pong\"}");
    }

    @Test
    void anErrorNamesTheSessionIfItIsKnown() {
        assertThat(ErrorFrames.badFrame(new BadFrameException(ErrorCode.BAD_ID, "why", A)))
                .isEqualTo("{\"type\":\"error\",\"session_id\":\"a\",\"code\":\"bad-id\",\"message\":\"why\"}");
        assertThat(ErrorFrames.badFrame(new BadFrameException(ErrorCode.BAD_JSON, "why", null)))
                .isEqualTo("{\"type\":\"error\",\"code\":\"bad-json\",\"message\":\"why\"}");
    }
}
