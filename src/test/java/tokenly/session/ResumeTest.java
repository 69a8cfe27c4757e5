package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.created;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;
import static tokenly.session.Fixture.toAll;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

/** The races of the resumable protocol, one after the other, and what its invariants say about each. */
class ResumeTest {

    private final Fixture fixture = new Fixture();
    private final ResumablePeer a = new ResumablePeer(fixture, "a");
    private final ResumablePeer b = new ResumablePeer(fixture, "b");

    ResumeTest() {
        a.create();
        b.create();
        a.learn();
        a.ack(1); // b has joined
    }

    @Test
    void whatWasMissedIsSentAgainAfterTheAnswerAndInOrder() {
        a.send(1, to("b", "1"));
        b.learn();
        b.ack(1);
        a.send(2, to("b", "2"));
        b.lose();
        a.send(3, toAll("3"));

        assertThat(b.resume(1, 0))
                .containsExactly(b.resumed(0, 3), b.signal(2, a, 2, to("b", "2")), b.signal(3, a, 3, toAll("3")));
        assertThat(a.learn()).containsExactly(a.delivery(2, Fixture.away(b.id)), a.delivery(3, Fixture.back(b.id)));
        assertThat(a.acknowledged()).isEqualTo(3);
    }

    @Test
    void theNewConnectionWinsAtOnceThoughTheOldOneLooksOpen() {
        FakeConnection old = b.connection;
        a.send(1, to("b", "1"));

        assertThat(b.resume(0, 0)).containsExactly(b.resumed(0, 1), b.signal(1, a, 1, to("b", "1")));

        assertThat(old.closeReasons).containsExactly(CloseReason.REPLACED);
        old.told();
        fixture.switchboard.relay(old, b.id, 1, to("a", "late"));
        assertThat(old.told())
                .as("an older attachment changes nothing")
                .containsExactly(new ServerEvent.Rejected(b.id, ErrorCode.UNKNOWN_SESSION, null));
        fixture.lose(old);
        assertThat(a.learn()).as("nobody noticed anything").isEmpty();
        assertThat(fixture.status().state()).isEqualTo(Status.State.CONNECTED);
    }

    @Test
    void aResumeThatWasGivenUpClosesOnlyItsOwnConnection() {
        b.lose();
        FakeConnection late = b.connect();
        long lateAttempt = b.attempt();
        b.resume(0, 0);

        fixture.switchboard.resume(
                late, b.id, new Credentials(b.key, b.instance, lateAttempt), new Position(b.epoch(), 0, 0, 0));

        assertThat(late.closeReasons).containsExactly(CloseReason.REPLACED);
        assertThat(late.told()).isEmpty();
        assertThat(b.connection.closeReasons).isEmpty();
        a.send(1, to("b", "1"));
        assertThat(b.learn()).containsExactly(b.signal(1, a, 1, to("b", "1")));
    }

    @Test
    void twoConnectionsWithOneAttemptAreNotBothTheNewest() {
        FakeConnection second = fixture.connect("second");
        fixture.switchboard.resume(second, b.id, b.credentials(), new Position(b.epoch(), 0, 0, 0));
        assertThat(second.closeReasons).isEmpty();
        assertThat(b.connection.closeReasons).containsExactly(CloseReason.REPLACED);
    }

    @Test
    void aCreateWhoseAnswerWasLostIsTheSameCreate() {
        Epoch epoch = b.epoch();
        a.send(1, to("b", "1"));
        b.lose();
        b.connect();

        List<ServerEvent> told = b.create();

        assertThat(told).containsExactly(b.created("a"), b.signal(1, a, 1, to("b", "1")));
        assertThat(b.epoch()).isEqualTo(epoch);
    }

    @Test
    void aRepeatedAnswerNamesThePeersOfThenAndTheMailboxWhoCameAndWent() {
        b.lose();
        ResumablePeer c = new ResumablePeer(fixture, "c");
        c.create();
        fixture.switchboard.destroy(a.connection, a.id);
        b.connect();

        assertThat(b.create())
                .containsExactly(
                        b.created("a"),
                        b.delivery(1, new Message.PeerLeft(a.id, EndReason.LEFT)),
                        b.delivery(2, Fixture.joined(c.id)));
    }

    @Test
    void aCreateOnTheSameConnectionIsAnsweredAgainAndRepeatsNothing() {
        a.send(1, to("b", "1"));
        b.learn();
        assertThat(b.create()).containsExactly(b.created("a"));
    }

    @Test
    void aLateCreateClosesOnlyItsOwnConnection() {
        FakeConnection late = b.connection;
        Credentials lateCredentials = b.credentials();
        b.connect();
        b.create();
        late.closeReasons.clear();
        FakeConnection evenLater = fixture.connect("even later");

        fixture.switchboard.create(evenLater, b.id, ROOM, lateCredentials);

        assertThat(evenLater.closeReasons).containsExactly(CloseReason.REPLACED);
        assertThat(b.connection.closeReasons).isEmpty();
    }

    @Test
    void aCreateOfASessionThatIsInUseByItsOwnClientBeginsANewEpoch() {
        Epoch before = b.epoch();
        a.send(1, to("b", "1"));
        b.learn();
        b.ack(1);

        b.connect();
        assertThat(b.create()).containsExactly(b.created("a"));

        assertThat(b.epoch()).isNotEqualTo(before);
        assertThat(a.learn()).containsExactly(a.delivery(2, Fixture.restarted(b.id, ResetReason.CREATED_ANEW)));
        a.send(2, to("b", "2"));
        assertThat(b.learn()).as("numbers begin anew").containsExactly(b.signal(1, a, 2, to("b", "2")));
    }

    @Test
    void whatWasAppendedButNotAcknowledgedIsDroppedAndAcknowledgedAgain() {
        a.send(1, to("b", "1"));
        a.lose();
        assertThat(a.resume(1, 1)).contains(a.resumed(1, 1));

        a.send(1, to("b", "1")); // the ack was lost with the connection
        a.send(2, to("b", "2"));

        assertThat(a.acknowledged()).isEqualTo(2);
        assertThat(b.learn())
                .containsExactly(
                        b.signal(1, a, 1, to("b", "1")),
                        b.delivery(2, Fixture.away(a.id)),
                        b.delivery(3, Fixture.back(a.id)),
                        b.signal(4, a, 2, to("b", "2")));
    }

    @Test
    void aNumberLeftOutIsRefusedAndNamesTheAcceptedSeq() {
        a.send(2, to("b", "2"));
        assertThat(a.learn()).containsExactly(new ServerEvent.Rejected(a.id, ErrorCode.SEQ_GAP, 0L));
        a.send(1, to("b", "1"));
        a.send(2, to("b", "2"));
        assertThat(b.learn()).containsExactly(b.signal(1, a, 1, to("b", "1")), b.signal(2, a, 2, to("b", "2")));
    }

    @Test
    void cursorsThatDoNotFitResetTheSessionByName() {
        a.send(1, to("b", "1"));
        b.learn();
        b.ack(1);
        b.send(1, to("a", "x"));

        assertThat(b.resume(2, 1)).containsExactly(b.reset(ResetReason.STORE_WENT_BACK, "a"));
        a.send(2, to("b", "2"));
        b.learn();
        b.ack(1);
        assertThat(b.resume(0, 0)).containsExactly(b.reset(ResetReason.CLIENT_BEHIND, "a"));
        b.send(1, to("a", "y"));
        assertThat(b.resume(0, 0)).containsExactly(b.reset(ResetReason.CLIENT_BEHIND, "a"));
        assertThat(a.learn()).contains(a.delivery(3, Fixture.restarted(b.id, ResetReason.STORE_WENT_BACK)));
    }

    @Test
    void anotherEpochIsResetToo() {
        b.connect();
        fixture.switchboard.resume(b.connection, b.id, b.credentials(), new Position(new Epoch("old"), 0, 0, 0));
        assertThat(b.learn()).containsExactly(b.reset(ResetReason.EPOCH, "a"));
    }

    @Test
    void aResetTellsWhoIsAway() {
        a.lose();
        ResumablePeer reloaded = new ResumablePeer(fixture, "b", "reloaded");
        assertThat(reloaded.resume(0, 0))
                .containsExactly(
                        reloaded.reset(ResetReason.NEW_INSTANCE, "a"), reloaded.delivery(1, Fixture.away(a.id)));
    }

    @Test
    void aMailboxThatOverflowsIsNamedToSendersAndOwner() {
        b.lose();
        for (int i = 1; i <= 8; i++) {
            a.send(i, to("b", "" + i));
        }
        a.learn();
        a.ack(2);
        a.send(9, to("b", "9"));
        assertThat(a.learn())
                .containsExactly(a.delivery(
                        3,
                        new Message.Undeliverable(
                                b.id,
                                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L),
                                Message.UndeliverableReason.OVERFLOW)));
        a.send(10, toAll("10"));
        assertThat(a.learn())
                .containsExactly(a.delivery(
                        4, new Message.Undeliverable(b.id, List.of(10L), Message.UndeliverableReason.OVERFLOW)));
        assertThat(a.acknowledged()).isEqualTo(10);

        assertThat(b.resume(0, 0)).containsExactly(b.reset(ResetReason.OVERFLOW, "a"));
        a.send(11, to("b", "11"));
        assertThat(b.learn()).containsExactly(b.signal(1, a, 11, to("b", "11")));
    }

    @Test
    void aMailboxOverflowsByItsBytesToo() {
        b.lose();
        a.send(1, to("b", "x".repeat(60_000)));
        a.send(2, to("b", "y".repeat(60_000)));
        assertThat(a.learn())
                .contains(a.delivery(
                        3, new Message.Undeliverable(b.id, List.of(1L, 2L), Message.UndeliverableReason.OVERFLOW)));
    }

    @Test
    void aReaderThatAcknowledgesNothingIsSentAwayBeforeAnythingIsLost() {
        for (int i = 1; i <= 7; i++) {
            a.send(i, to("b", "" + i));
        }
        assertThat(b.connection.closeReasons).containsExactly(CloseReason.TOO_SLOW);
        b.lose();
        assertThat(b.resume(7, 0)).containsExactly(b.resumed(0, 7));
    }

    @Test
    void aConnectionThatHasNoRoomGetsTheRestWhenItHas() {
        b.connection.isFull = true;
        a.send(1, to("b", "1"));
        a.send(2, to("b", "2"));
        assertThat(b.learn()).isEmpty();
        assertThat(a.acknowledged()).as("what is in the mailbox is safe").isEqualTo(2);

        b.connection.isFull = false;
        fixture.switchboard.drained(b.connection);

        assertThat(b.learn()).containsExactly(b.signal(1, a, 1, to("b", "1")), b.signal(2, a, 2, to("b", "2")));
    }

    @Test
    void nothingMissedIsNothingReplayedAHundredTimes() {
        for (int i = 0; i < 100; i++) {
            b.lose();
            assertThat(b.resume(0, 0)).containsExactly(b.resumed(0, 0));
            a.learn();
            a.ack(3 + 2 * i);
        }
        a.send(1, to("b", "1"));
        assertThat(b.learn()).containsExactly(b.signal(1, a, 1, to("b", "1")));
    }

    @Test
    void anotherInstanceWithTheKeyTakesTheSessionOverWithoutItsPast() {
        a.send(1, to("b", "secret"));
        ResumablePeer copy = new ResumablePeer(fixture, "b", "copy");

        assertThat(copy.resume(0, 0)).containsExactly(copy.reset(ResetReason.NEW_INSTANCE, "a"));

        assertThat(b.learn()).endsWith(new ServerEvent.TakenOver(b.id));
        assertThat(b.connection.closeReasons).containsExactly(CloseReason.TAKEN_OVER);
        assertThat(a.learn())
                .containsExactly(
                        a.delivery(
                                2, new Message.Undeliverable(b.id, List.of(1L), Message.UndeliverableReason.RESTARTED)),
                        a.delivery(3, Fixture.restarted(b.id, ResetReason.NEW_INSTANCE)));
    }

    @Test
    void aTakeoverLeavesAConnectionAloneThatStillAsksForOthers() {
        ResumablePeer c = new ResumablePeer(fixture, "c", b.instance.value());
        fixture.switchboard.create(c.connection, c.id, new RoomId("another"), c.credentials());
        c.learn();
        b.lose();
        c.lose();
        fixture.store.hold();
        fixture.switchboard.create(fixture.connect("somebody"), id("somebody"), new RoomId("another"), null);
        fixture.store.release();
        FakeConnection both = fixture.connect("both");
        fixture.switchboard.resume(
                both,
                List.of(
                        new Switchboard.Returning(
                                b.id,
                                new Credentials(ResumablePeer.keyOf("b"), b.instance, 2),
                                new Position(b.epoch(), 0, 0, 0)),
                        new Switchboard.Returning(
                                c.id,
                                new Credentials(ResumablePeer.keyOf("c"), b.instance, 2),
                                new Position(c.epoch(), 0, 0, 0))));
        ResumablePeer copy = new ResumablePeer(fixture, "b", "copy");
        copy.resume(0, 0);
        assertThat(both.told()).contains(new ServerEvent.TakenOver(b.id));

        fixture.store.written(); // somebody, behind whom c had to wait
        assertThat(both.told()).contains(new ServerEvent.Resumed(c.id, c.epoch(), 0, 0, null));
        assertThat(both.closeReasons).isEmpty();
    }

    @Test
    void aTakeoverLeavesTheOtherSessionsOfTheConnectionAlone() {
        fixture.switchboard.create(
                b.connection, id("c"), ROOM, new Credentials(ResumablePeer.keyOf("c"), b.instance, 1));
        b.learn();
        ResumablePeer copy = new ResumablePeer(fixture, "b", "copy");
        copy.resume(0, 0);
        assertThat(b.learn()).contains(new ServerEvent.TakenOver(b.id));
        assertThat(b.connection.closeReasons).isEmpty();
    }

    @Test
    void withoutItsKeyASessionIsGivenToNobody() {
        ResumablePeer thief = new ResumablePeer(fixture, "b", "thief");
        Credentials wrong = new Credentials(ResumablePeer.keyOf("x"), b.instance, 99);
        fixture.switchboard.resume(thief.connection, b.id, wrong, new Position(b.epoch(), 0, 0, 0));
        fixture.switchboard.create(thief.connection, b.id, ROOM, wrong);
        FakeConnection plain = fixture.connect("plain");
        fixture.create(plain, "b");

        ServerEvent inUse = inUse(Fixture.POLICY.resumeWindow());
        assertThat(thief.learn()).containsExactly(new ServerEvent.Gone(b.id));
        assertThat(plain.told()).containsExactly(inUse);
        assertThat(b.connection.probes).isEqualTo(1);

        b.connection.probe.complete(true);
        assertThat(thief.learn()).containsExactly(inUse);
    }

    @Test
    void whoeverAsksForASessionOfAnotherKeyHearsHowLongThatIsWaitedFor() {
        FakeConnection stranger = fixture.connect("stranger");
        b.lose();
        fixture.timer.advanceMillis(19_000);
        fixture.create(stranger, "b");
        assertThat(stranger.told()).containsExactly(inUse(Duration.ofSeconds(41)));
    }

    @Test
    void aSessionWithAKeyWhoseConnectionIsDeadWaits() {
        FakeConnection stranger = fixture.connect("stranger");
        fixture.create(stranger, "b");
        b.lose(); // as the heartbeat does when the probe is not answered
        b.connection.probe.complete(false);

        assertThat(stranger.told()).containsExactly(inUse(Fixture.POLICY.resumeWindow()));
        assertThat(a.learn()).contains(a.delivery(2, Fixture.away(b.id)));
        assertThat(b.resume(0, 0)).contains(b.resumed(0, 0));
    }

    private ServerEvent inUse(Duration retryAfter) {
        return new ServerEvent.CreateRefused(b.id, ErrorCode.SESSION_IN_USE, retryAfter);
    }

    @Test
    void aSessionThatIsOverIsGone() {
        b.lose();
        fixture.timer.advanceMillis(60_000);
        assertThat(b.resume(0, 0)).containsExactly(new ServerEvent.Gone(b.id));
        assertThat(a.learn()).endsWith(a.delivery(3, new Message.PeerLeft(b.id, EndReason.EXPIRED)));
    }

    @Test
    void aResumedSessionForgetsItsOldExpiry() {
        b.lose();
        fixture.timer.advanceMillis(59_999);
        b.resume(0, 0);
        fixture.timer.advanceMillis(120_000);
        assertThat(fixture.status().activeSessions()).isEqualTo(2);
    }

    @Test
    void whoeverSendsToNobodyFindsItInTheMailboxEvenLater() {
        a.send(1, to("nobody", ""));
        a.connection.told(); // which are lost with the connection
        a.lose();
        assertThat(a.resume(1, 1))
                .containsExactly(
                        a.resumed(1, 2),
                        a.delivery(
                                2,
                                new Message.Undeliverable(
                                        id("nobody"), List.of(1L), Message.UndeliverableReason.UNKNOWN_PEER)));
    }

    @Test
    void plainAndResumablePeersShareARoom() {
        FakeConnection plain = fixture.connect("plain");
        fixture.create(plain, "p");
        assertThat(plain.told()).containsExactly(created("p", ROOM, "a", "b"));
        a.send(1, to("p", "1"));
        fixture.switchboard.relay(plain, id("p"), 0, to("b", "2"));
        assertThat(plain.told()).containsExactly(Fixture.signal("p", "a", to("p", "1")));
        assertThat(b.learn())
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        ServerEvent.Delivery.class,
                        last -> assertThat(last.seq()).isEqualTo(2));

        fixture.lose(plain);
        a.send(2, to("p", "3"));
        assertThat(a.learn())
                .endsWith(a.delivery(
                        4, new Message.Undeliverable(id("p"), List.of(2L), Message.UndeliverableReason.AWAY)));
    }

    @Test
    void aPlainSessionThatWaitsIsNotGivenToAClientWithAKey() {
        FakeConnection plain = fixture.connect("plain");
        fixture.create(plain, "p");
        fixture.lose(plain);
        a.learn();

        ResumablePeer p = new ResumablePeer(fixture, "p");
        assertThat(p.create()).containsExactly(p.created("a", "b"));

        assertThat(a.learn())
                .extracting(event -> ((ServerEvent.Delivery) event).message())
                .containsExactly(new Message.PeerLeft(id("p"), EndReason.REPLACED), Fixture.joined(id("p")));
    }

    @Test
    void aSessionMovesToAnotherRoomOnlyForItsKey() {
        b.connect();
        fixture.switchboard.create(b.connection, b.id, new RoomId("other"), b.credentials());
        assertThat(a.learn()).containsExactly(a.delivery(2, new Message.PeerLeft(b.id, EndReason.MOVED)));
        assertThat(b.learn())
                .singleElement()
                .isInstanceOfSatisfying(
                        ServerEvent.Created.class,
                        created -> assertThat(created.room()).isEqualTo(new RoomId("other")));
    }

    @Test
    void whatWasNeverSentCannotBeAcknowledged() {
        b.ack(1);
        assertThat(b.learn()).containsExactly(new ServerEvent.Rejected(b.id, ErrorCode.BAD_ACK, null));
    }

    @Test
    void noAnswerLeavesBeforeItsRecordIsWritten() {
        b.lose();
        fixture.store.hold();
        assertThat(b.resume(0, 0)).isEmpty();
        fixture.store.written();
        assertThat(b.learn()).containsExactly(b.resumed(0, 0));

        a.learn();
        a.send(1, to("b", "1"));
        assertThat(a.acknowledged()).isZero();
        assertThat(b.learn()).isEmpty();
        fixture.store.written();
        assertThat(a.acknowledged()).isEqualTo(1);
        assertThat(b.learn()).containsExactly(b.signal(1, a, 1, to("b", "1")));
    }

    @Test
    void oneRecordHoldsTheAcceptedSeqAndAllMailboxes() {
        ResumablePeer c = new ResumablePeer(fixture, "c");
        c.create();
        fixture.store.records.clear();
        a.send(1, toAll("1"));

        Message message = new Message.Signalled(a.id, new Source(a.epoch(), 1), toAll("1"));
        assertThat(fixture.store.records)
                .containsExactly(List.of(
                        new Store.Change.Taken(a.id, 1),
                        new Store.Change.Appended(b.id, 2, message),
                        new Store.Change.Appended(c.id, 1, message)));
    }

    @Test
    void aStoreThatFailsLosesNothing() {
        fixture.store.hold();
        a.send(1, to("b", "1"));
        fixture.store.failed();
        assertThat(a.learn()).containsExactly(new ServerEvent.Rejected(a.id, ErrorCode.STORE_FAILED, 0L));
        assertThat(b.learn()).isEmpty();

        FakeConnection held = b.connection;
        b.resume(0, 0);
        fixture.store.failed();
        assertThat(b.connection.closeReasons).containsExactly(CloseReason.BUSY);
        assertThat(held.closeReasons).as("who held it still does").isEmpty();

        a.send(1, to("b", "1"));
        fixture.store.written();
        assertThat(held.told()).containsExactly(b.signal(1, a, 1, to("b", "1")));
    }

    @Test
    void aRoomIsAskedForRoomOfEachMailboxOnlyOnce() {
        Fixture tight =
                new Fixture(new Limits(10, 10, Duration.ZERO, new MailboxBounds(1, 1_000), MailboxSums.UNBOUNDED));
        ResumablePeer first = new ResumablePeer(tight, "first");
        ResumablePeer second = new ResumablePeer(tight, "second");
        first.create();
        second.create();
        second.send(1, to("first", "1")); // fills the one place in the mailbox of the first
        second.send(2, to("first", "2"));
        assertThat(second.learn())
                .as("the first overflows, and the second is told")
                .containsExactly(second.delivery(
                        1, new Message.Undeliverable(first.id, List.of(1L, 2L), Message.UndeliverableReason.OVERFLOW)));
        second.send(3, to("first", "3"));
        assertThat(second.connection.closeReasons)
                .as("its own mailbox is full of what was lost, and overflows, too")
                .contains(CloseReason.TOO_SLOW);
        assertThat(second.acknowledged()).isEqualTo(3);
    }

    @Test
    void aLostSessionIsNotToldTwiceToTheRoom() {
        fixture.lose(b.connection);
        fixture.lose(b.connection);
        assertThat(a.learn()).containsExactly(a.delivery(2, Fixture.away(b.id)));
    }
}
