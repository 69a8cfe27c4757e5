package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of a room's coming and going, and that it never costs a signal its place. */
class NewsBoundsTest {

    private static final Limits ROOMY =
            new Limits(10_000, 10_000, Duration.ofSeconds(5), new MailboxBounds(8, 100_000), MailboxSums.UNBOUNDED);

    private final Fixture fixture = new Fixture(ROOMY);
    private final FakeConnection visitors = fixture.connect("visitors");
    private final ResumablePeer a = peer("a");
    private final ResumablePeer b = peer("b");

    private ResumablePeer peer(String id) {
        ResumablePeer peer = new ResumablePeer(fixture, id);
        peer.create();
        return peer;
    }

    private void comeAndGo(int visits) {
        for (int i = 0; i < visits; i++) {
            fixture.create(visitors, "visitor");
            fixture.switchboard.destroy(visitors, id("visitor"));
        }
    }

    @Test
    void whoCameAndWentWhileASessionWaitedIsNotMentionedToIt() {
        b.lose();
        comeAndGo(100);
        assertThat(b.resume(0, 0)).containsExactly(b.resumed(0, 0));
    }

    @Test
    void ofWhoWasThereAndHasComeAndGoneSinceItIsToldOnce() {
        fixture.create(visitors, "visitor");
        b.lose();
        fixture.switchboard.destroy(visitors, id("visitor"));
        comeAndGo(100);
        fixture.create(visitors, "visitor");

        assertThat(b.resume(0, 0))
                .containsExactly(
                        b.resumed(0, 1),
                        b.delivery(1, Fixture.joined(id("visitor"))),
                        b.delivery(2, new Message.PeerLeft(id("visitor"), EndReason.LEFT)),
                        b.delivery(3, Fixture.joined(id("visitor"))));
    }

    @Test
    void aPeerThatBeganAnewAgainAndAgainIsToldOfOnce() {
        b.lose();
        for (int i = 0; i < 10; i++) {
            new ResumablePeer(fixture, "a", "page " + i).resume(0, 0);
        }
        assertThat(b.resume(0, 0))
                .containsExactly(b.resumed(0, 0), b.delivery(1, Fixture.restarted(a.id, ResetReason.NEW_INSTANCE)));
    }

    @Test
    void aStormOfNewsTakesNoPlaceOfASignal() {
        comeAndGo(1_000); // b is connected, and acknowledges nothing
        for (int seq = 1; seq <= 8; seq++) {
            a.send(seq, to("b", "" + seq));
        }

        assertThat(b.connection.closeReasons)
                .as("its mailbox is full of signals, not of news")
                .hasSizeLessThan(2);
        assertThat(fixture.switchboard.session(b.id).orElseThrow().mailbox().hasOverflowed())
                .isFalse();
        assertThat(fixture.switchboard.session(b.id).orElseThrow().mailbox().news())
                .isLessThan(300);
    }

    @Test
    void whoHasReadItsNewsIsToldWhatItHasMissedMeanwhile() {
        comeAndGo(1_000);
        fixture.create(visitors, "last");
        long last = fixture.switchboard.session(b.id).orElseThrow().mailbox().last();
        assertThat(b.learn()).doesNotContain(b.delivery(last, Fixture.joined(id("last"))));

        b.ack(last);

        assertThat(b.learn()).containsExactly(b.delivery(last + 1, Fixture.joined(id("last"))));
    }

    @Test
    void whereTooManyHaveLeftTheAnswerListsWhoIsThere() {
        List<String> names =
                IntStream.range(0, 200).mapToObj(i -> "visitor" + i).toList();
        names.forEach(name -> fixture.create(visitors, name));
        b.lose();
        names.forEach(name -> fixture.switchboard.destroy(visitors, id(name)));

        b.resume(0, 0);
        assertThat(b.connection.raw)
                .first()
                .isInstanceOfSatisfying(
                        ServerEvent.Resumed.class,
                        resumed -> assertThat(resumed.peers()).containsExactly(asPeer(a, false)));

        b.resume(0, 0);
        assertThat(b.connection.raw)
                .as("it may not have had the answer")
                .first()
                .isInstanceOfSatisfying(
                        ServerEvent.Resumed.class,
                        resumed -> assertThat(resumed.peers()).isNotNull());

        b.ack(1);
        b.resume(1, 0);
        assertThat(b.connection.raw)
                .first()
                .isInstanceOfSatisfying(
                        ServerEvent.Resumed.class,
                        resumed -> assertThat(resumed.peers()).isNull());
    }

    @Test
    void aConnectedSessionThatHasMissedMoreThanMessagesCanTellComesBackForTheList() {
        List<String> names =
                IntStream.range(0, 200).mapToObj(i -> "visitor" + i).toList();
        names.forEach(name -> fixture.create(visitors, name));
        comeAndGo(100); // b acknowledges nothing, and is told of no more
        names.forEach(name -> fixture.switchboard.destroy(visitors, id(name)));
        long last = fixture.switchboard.session(b.id).orElseThrow().mailbox().last();

        b.ack(last);
        assertThat(b.connection.closeReasons).containsExactly(CloseReason.TOO_SLOW);

        b.lose();
        b.resume(last, 0);
        assertThat(b.connection.raw)
                .first()
                .isInstanceOfSatisfying(
                        ServerEvent.Resumed.class,
                        resumed -> assertThat(resumed.peers()).containsExactly(asPeer(a, false)));
    }

    @Test
    void whatCouldNotBeWrittenOfTheNewsIsToldLater() {
        comeAndGo(200);
        fixture.create(visitors, "last");
        long read = fixture.switchboard.session(b.id).orElseThrow().mailbox().last();
        b.learn();
        fixture.store.hold();
        b.ack(read);
        fixture.store.failed();
        fixture.timer.advanceMillis(1_000);
        fixture.store.written();

        assertThat(b.learn()).contains(b.delivery(read + 1, Fixture.joined(id("last"))));
    }

    @Test
    void aCrowdThatComesBackTakesNoMoreMemoryThanThereIs() {
        Fixture tight = new Fixture(new Limits(
                10_000, 10_000, Duration.ofSeconds(5), new MailboxBounds(8, 100_000), new MailboxSums(20_000, 20_000)));
        List<ResumablePeer> crowd = IntStream.range(0, 90)
                .mapToObj(i -> new ResumablePeer(tight, "member" + i))
                .toList();
        crowd.forEach(peer -> {
            peer.create();
            crowd.forEach(other -> other.ack(lastOf(tight, other)));
        });
        crowd.forEach(ResumablePeer::lose);
        crowd.forEach(peer -> peer.resume(lastOf(tight, peer), 0));
        long entries = crowd.stream()
                .mapToLong(peer -> tight.switchboard
                        .session(peer.id)
                        .orElseThrow()
                        .mailbox()
                        .size())
                .sum();
        assertThat(entries * MailboxCost.ENTRY_BYTES).isLessThan(30_000 + 64L * 90 * MailboxCost.ENTRY_BYTES);
    }

    private static long lastOf(Fixture fixture, ResumablePeer peer) {
        return fixture.switchboard
                .session(peer.id)
                .map(session -> session.mailbox().last())
                .orElse(0L);
    }

    @Test
    void departuresAreForgottenWhenAllWhoMissedThemKnow() {
        fixture.create(visitors, "visitor");
        b.lose();
        fixture.switchboard.destroy(visitors, id("visitor"));
        Room room = fixture.switchboard.session(a.id).orElseThrow().room;
        assertThat(room.departures.isEmpty()).isFalse();

        b.resume(0, 0);
        assertThat(room.departures.isEmpty()).isTrue();
    }

    @Test
    void aNewcomerIsToldAtOnceWhoIsAway() {
        b.lose();
        ResumablePeer c = peer("c");
        assertThat(c.connection.raw)
                .first()
                .isEqualTo(new ServerEvent.Created(
                        c.id, Fixture.ROOM, List.of(asPeer(a, false), asPeer(b, true)), c.epoch(), 0));
    }

    private RoomPeer asPeer(ResumablePeer peer, boolean isAway) {
        return new RoomPeer(peer.id, Incarnation.of(peer.key), isAway);
    }
}
