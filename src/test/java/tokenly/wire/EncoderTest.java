package tokenly.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tokenly.session.EndReason;
import tokenly.session.Epoch;
import tokenly.session.Message;
import tokenly.session.RoomId;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;

/** The frames of plain clients; {@link VectorsTest} has those of resumable ones, and that none is left out. */
class EncoderTest {

    private static final SessionId A = new SessionId("a");
    private static final SessionId B = new SessionId("b\"\\");

    private static final Source SOURCE = new Source(new Epoch("e"), 7);

    private static final Map<ServerEvent, String> EVENTS = Map.of(
            new ServerEvent.Created(A, new RoomId("r"), List.of(B), null),
            "{'type':'peer-created','session_id':'a','success':true,'room_id':'r','peers':['b\\\"\\\\']}",
            new ServerEvent.CreateRefused(A, ServerEvent.Refusal.SESSION_IN_USE),
            "{'type':'peer-created','session_id':'a','success':false,'error':{'code':'session-in-use','message':'another client"
                    + " holds this session; destroy-peer it there or choose another id'}}",
            new ServerEvent.Destroyed(A),
            "{'type':'peer-destroyed','session_id':'a'}",
            new ServerEvent.Rejected(A, ServerEvent.Rejection.UNKNOWN_SESSION, null),
            "{'type':'error','session_id':'a','code':'unknown-session','message':'this connection holds no such session;"
                    + " create-peer first'}");

    private static final Map<Message, String> MESSAGES = Map.of(
            new Message.Signalled(B, SOURCE, new Signal(Signal.Kind.ICE_CANDIDATE, A, "\"to\":\"a\",\"n\" : 1.0")),
            "{'type':'ice-candidate','session_id':'a','from':'b\\\"\\\\','to':'a','n' : 1.0}",
            new Message.PeerJoined(B),
            "{'type':'peer-joined','session_id':'a','peer':'b\\\"\\\\'}",
            new Message.PeerAway(B),
            "{'type':'peer-away','session_id':'a','peer':'b\\\"\\\\'}",
            new Message.PeerBack(B),
            "{'type':'peer-back','session_id':'a','peer':'b\\\"\\\\'}",
            new Message.Undeliverable(B, List.of(1L), Message.UndeliverableReason.UNKNOWN_PEER),
            "{'type':'undeliverable','session_id':'a','to':'b\\\"\\\\','reason':'unknown-peer'}",
            new Message.PeerLeft(B, EndReason.EXPIRED),
            "{'type':'peer-left','session_id':'a','peer':'b\\\"\\\\','reason':'expired'}");

    @Test
    void writesEveryServerEvent() {
        EVENTS.forEach((event, frame) -> assertThat(Encoder.encode(event)).isEqualTo(frame.replace('\'', '"')));
    }

    @Test
    void writesEveryMessage() {
        MESSAGES.forEach((message, frame) -> assertThat(Encoder.encode(new ServerEvent.Delivery(A, 0, message)))
                .isEqualTo(frame.replace('\'', '"')));
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
        assertThat(Encoder.error(new BadFrameException(ErrorCode.BAD_ID, "why", A)))
                .isEqualTo("{\"type\":\"error\",\"session_id\":\"a\",\"code\":\"bad-id\",\"message\":\"why\"}");
        assertThat(Encoder.error(new BadFrameException(ErrorCode.BAD_JSON, "why", null)))
                .isEqualTo("{\"type\":\"error\",\"code\":\"bad-json\",\"message\":\"why\"}");
    }
}
