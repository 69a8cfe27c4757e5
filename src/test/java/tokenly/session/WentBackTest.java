package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.to;

import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

/** A server whose log has lost its end, as its clients find it out; and two connections of one client. */
class WentBackTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = new ResumablePeer(fixture, "a");
    private final ResumablePeer b = new ResumablePeer(fixture, "b");

    WentBackTest() {
        a.create();
        b.create();
        a.learn();
        for (int seq = 1; seq <= 3; seq++) {
            a.send(seq, to("b", "" + seq));
        }
        b.learn();
    }

    @Test
    void aClientThatWasAcknowledgedMoreThanTheServerHasBeginsAnew() {
        assertThat(a.resumeAcknowledged(1, 5, 4)).startsWith(a.reset(ResetReason.STORE_WENT_BACK, "b"));

        assertThat(a.acceptedBeforeReset())
                .as("4 was acknowledged, and is lost")
                .isEqualTo(3);
        assertThat(b.learn()).contains(b.delivery(4, Fixture.restarted(a.id, ResetReason.STORE_WENT_BACK)));
    }

    @Test
    void aClientThatHasProcessedWhatTheServerNeverSentBeginsAnewThoughOthersHaveSentSince() {
        Fixture restarted = new Fixture();
        ResumablePeer c = new ResumablePeer(restarted, "c");
        ResumablePeer d = new ResumablePeer(restarted, "d");
        Epoch before = new Epoch("before");
        restarted.switchboard.restore(new Store.Recovered(
                List.of(
                        new Store.Image(c.id, Fixture.ROOM, before, c.credentials(), Role.OPEN, 0, 0, List.of(), false),
                        new Store.Image(
                                d.id, Fixture.ROOM, before, d.credentials(), Role.OPEN, 0, 0, List.of(), false)),
                true));
        c.continueIn(before);
        d.continueIn(before);
        c.resume(0, 0);
        c.send(1, to("d", "1"));
        c.send(2, to("d", "2"));

        assertThat(d.resume(2, 0)).startsWith(d.reset(ResetReason.STORE_WENT_BACK, "c"));
    }

    @Test
    void aClientThatWasAcknowledgedWhatTheServerHasGoesOn() {
        assertThat(a.resumeAcknowledged(1, 5, 3)).startsWith(a.resumed(3, 1));
    }

    @Test
    void aClientThatKnowsAnotherEpochIsNotToldNumbersOfThisOne() {
        a.continueIn(new Epoch("unheard of"));
        a.resume(0, 0);

        assertThat(a.acceptedBeforeReset()).isNull();
    }

    @Test
    void aGapThatLastsIsAReset() {
        ServerEvent gap = new ServerEvent.Rejected(a.id, ErrorCode.SEQ_GAP, 3L);
        for (int seq = 9; seq <= 11; seq++) {
            a.send(seq, to("b", "x"));
            fixture.timer.advanceMillis(2_999);
            a.send(20, to("b", "at once"));
            fixture.timer.advanceMillis(1);
        }
        assertThat(a.learn()).hasSize(6).containsOnly(gap);
        a.send(12, to("b", "x"));

        List<ServerEvent> told = a.learn();
        assertThat(told).containsExactly(gap, a.reset(ResetReason.STORE_WENT_BACK, "b"));
        assertThat(a.acceptedBeforeReset()).isEqualTo(3);
        a.send(1, to("b", "again"));
        assertThat(b.learn())
                .containsExactly(
                        b.delivery(4, Fixture.restarted(a.id, ResetReason.STORE_WENT_BACK)),
                        b.signal(5, a, 1, to("b", "again")));
    }

    @Test
    void aNumberThatTheServerDoesNotTakeIsNotLeftOut() {
        fixture.store.hold();
        for (int i = 0; i < 6; i++) {
            a.send(4, to("b", "4"));
            a.send(5, to("b", "5"));
            fixture.store.failed();
            fixture.timer.advanceMillis(3_000);
        }

        assertThat(fixture.store.unanswered()).as("no reset is under way").isZero();
        assertThat(a.learn()).noneMatch(ServerEvent.Reset.class::isInstance);
    }

    @Test
    void aGapAfterABusyRoomIsNoGapThatLasts() {
        Session session = fixture.switchboard.session(a.id).orElseThrow();
        for (int i = 0; i < 6; i++) {
            session.signals.noteRefused(); // as for 4, while the room is busy
            a.send(5, to("b", "5"));
            fixture.timer.advanceMillis(3_000);
        }

        assertThat(a.learn()).noneMatch(ServerEvent.Reset.class::isInstance);
    }

    @Test
    void aGapThatWasFilledMeanwhileBeginsAnew() {
        for (int seq = 4; seq <= 8; seq++) {
            a.send(seq + 5, to("b", "beyond"));
            a.send(seq, to("b", "what was missing"));
            fixture.timer.advanceMillis(3_000);
        }

        assertThat(a.learn()).noneMatch(ServerEvent.Reset.class::isInstance);
    }

    @Test
    void ofTwoConnectionsWithTheSameAttemptTheYoungerOneWinsWhole() {
        ResumablePeer c = new ResumablePeer(fixture, "c", "instance of a");
        c.create();
        FakeConnection older = fixture.connect("older");
        FakeConnection younger = fixture.connect("younger");
        Credentials credentialsA = new Credentials(a.key, a.instance, 7);
        Credentials credentialsC = new Credentials(c.key, c.instance, 7);
        Position positionA = new Position(a.epoch(), 0, 3, 3);
        Position positionC = new Position(c.epoch(), 0, 0, 0);

        fixture.switchboard.resume(older, a.id, credentialsA, positionA);
        fixture.switchboard.resume(younger, c.id, credentialsC, positionC);
        fixture.switchboard.resume(older, c.id, credentialsC, positionC);
        fixture.switchboard.resume(younger, a.id, credentialsA, positionA);

        assertThat(older.closeReasons).contains(CloseReason.REPLACED);
        assertThat(younger.closeReasons).isEmpty();
        assertThat(younger.told())
                .filteredOn(ServerEvent.Resumed.class::isInstance)
                .hasSize(2);
    }
}
