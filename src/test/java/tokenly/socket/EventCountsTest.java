package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tokenly.access.LimitHit;
import tokenly.access.LimitHits;
import tokenly.protocol.ErrorCode;
import tokenly.session.FakeTimer;
import tokenly.session.Incarnation;
import tokenly.session.Message;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;

class EventCountsTest {

    private static final SessionId A = new SessionId("a");

    private final LimitHits limitHits = new LimitHits(new FakeTimer());

    @Test
    void everyBoundThatTheModelRefusesByHasACounter() {
        Stream.of(ErrorCode.values())
                .forEach(refusal -> EventCounts.count(new ServerEvent.CreateRefused(A, refusal), limitHits));
        Stream.of(ErrorCode.values())
                .forEach(rejection -> EventCounts.count(new ServerEvent.Rejected(A, rejection, null), limitHits));
        Stream.of(Message.UndeliverableReason.values())
                .map(reason -> new Message.Undeliverable(A, List.of(1L), reason))
                .forEach(message -> EventCounts.count(new ServerEvent.Delivery(A, 1, message), limitHits));
        EventCounts.count(new ServerEvent.Delivery(A, 2, new Message.PeerJoined(A, Incarnation.UNKNOWN)), limitHits);

        assertThat(Stream.of(LimitHit.values()).filter(kind -> limitHits.count(kind) > 0))
                .containsExactly(
                        LimitHit.SESSIONS_FULL,
                        LimitHit.ROOM_FULL,
                        LimitHit.CREATE_QUOTA,
                        LimitHit.SIGNAL_QUOTA,
                        LimitHit.UNDELIVERABLE_QUOTA,
                        LimitHit.UNDELIVERABLE_OVERFLOW,
                        LimitHit.ROOM_BUSY)
                .allMatch(kind -> limitHits.count(kind) == 1);
    }
}
