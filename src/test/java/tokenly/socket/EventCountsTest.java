package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tokenly.access.Refusal;
import tokenly.access.Refusals;
import tokenly.session.FakeTimer;
import tokenly.session.Message;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;

class EventCountsTest {

    private static final SessionId A = new SessionId("a");

    private final Refusals refusals = new Refusals(new FakeTimer());

    @Test
    void everyBoundThatTheModelRefusesByHasACounter() {
        Stream.of(ServerEvent.Refusal.values())
                .forEach(refusal -> EventCounts.count(new ServerEvent.CreateRefused(A, refusal), refusals));
        Stream.of(ServerEvent.Rejection.values())
                .forEach(rejection -> EventCounts.count(new ServerEvent.Rejected(A, rejection, null), refusals));
        Stream.of(Message.UndeliverableReason.values())
                .map(reason -> new Message.Undeliverable(A, List.of(1L), reason))
                .forEach(message -> EventCounts.count(new ServerEvent.Delivery(A, 1, message), refusals));
        EventCounts.count(new ServerEvent.Delivery(A, 2, new Message.PeerJoined(A)), refusals);

        assertThat(Stream.of(Refusal.values()).filter(kind -> refusals.count(kind) > 0))
                .containsExactly(
                        Refusal.SESSIONS_FULL,
                        Refusal.ROOM_FULL,
                        Refusal.CREATE_QUOTA,
                        Refusal.SIGNAL_QUOTA,
                        Refusal.UNDELIVERABLE_QUOTA,
                        Refusal.UNDELIVERABLE_OVERFLOW,
                        Refusal.ROOM_BUSY)
                .allMatch(kind -> refusals.count(kind) == 1);
    }
}
