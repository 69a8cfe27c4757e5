package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.ROOM;
import static tokenly.session.Fixture.created;
import static tokenly.session.Fixture.delivery;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;
import static tokenly.session.Fixture.toAll;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

/** What the token of a connection grants: which sessions it gets, and whom they may send to. */
class OwnerTest {

    private static final RoomId OTHER = new RoomId("other");
    private static final FakePermit ALICE = FakePermit.of("alice");
    private static final FakePermit MALLORY = FakePermit.of("mallory");

    private final Fixture fixture = new Fixture();

    private FakeConnection connect(String name, Permit permit) {
        FakeConnection connection = fixture.connect(name);
        connection.permit = permit;
        return connection;
    }

    private ResumablePeer peer(String id, String instance, Permit permit) {
        ResumablePeer peer = new ResumablePeer(fixture, id, instance);
        peer.connection.permit = permit;
        return peer;
    }

    private ResumablePeer alice() {
        ResumablePeer alice = peer("a", "page", ALICE);
        alice.create();
        return alice;
    }

    private static Credentials withAnotherKey() {
        return new Credentials(ResumablePeer.keyOf("another"), new Instance("new page"), 1);
    }

    private static ServerEvent refused(String id, ErrorCode code) {
        return new ServerEvent.CreateRefused(id(id), code);
    }

    private static ServerEvent inUse() {
        return new ServerEvent.CreateRefused(id("a"), ErrorCode.SESSION_IN_USE, Fixture.POLICY.resumeWindow());
    }

    private static Message notAllowed(@Nullable SessionId to, long seq) {
        return new Message.Undeliverable(to, List.of(seq), Message.UndeliverableReason.NOT_ALLOWED);
    }

    @Test
    void aTokenThatGrantsLessMeanwhileCountsAtOnce() {
        AtomicBoolean isGranted = new AtomicBoolean(true);
        FakeConnection b = connect("b", ALICE.entering((room, session) -> isGranted.getAndSet(false)));

        fixture.create(b, "b");

        assertThat(b.told()).containsExactly(refused("b", ErrorCode.NOT_ALLOWED));
        assertThat(fixture.switchboard.status().activeSessions()).isZero();
    }

    @Test
    void whatATokenDoesNotGrantIsRefusedWhetherOrNotItExists() {
        fixture.join("a");
        FakeConnection b =
                connect("b", ALICE.entering((room, session) -> room.equals(OTHER) && !session.equals(id("x"))));

        fixture.create(b, "a");
        fixture.create(b, "nobody");
        fixture.switchboard.create(b, id("x"), OTHER, null);
        fixture.switchboard.create(b, id("b"), OTHER, null);

        assertThat(b.told())
                .containsExactly(
                        refused("a", ErrorCode.NOT_ALLOWED),
                        refused("nobody", ErrorCode.NOT_ALLOWED),
                        refused("x", ErrorCode.NOT_ALLOWED),
                        created("b", OTHER));
        fixture.switchboard.destroy(b, id("b"));
        assertThat(fixture.switchboard.holdsNone(b))
                .as("it waits for no answer")
                .isTrue();
        assertThat(fixture.switchboard.roomCount()).isEqualTo(1);
    }

    @Test
    void anotherOwnerNeverGetsASessionThoughItHasTheKey() {
        ResumablePeer alice = alice();
        FakeConnection holder = alice.connection;
        FakeConnection thief = connect("thief", MALLORY);

        fixture.switchboard.create(thief, alice.id, ROOM, alice.credentials());
        fixture.switchboard.create(thief, alice.id, ROOM, null);
        fixture.switchboard.resume(thief, alice.id, alice.credentials(), new Position(alice.epoch(), 0, 0, 0));
        assertThat(thief.told()).containsExactly(inUse(), inUse(), new ServerEvent.Gone(alice.id));
        alice.lose();
        fixture.switchboard.create(thief, alice.id, ROOM, alice.credentials());

        assertThat(thief.told()).containsExactly(inUse());
        assertThat(holder.probes).isZero();
        assertThat(holder.told()).isEmpty();
    }

    @Test
    void theOwnerGetsItsSessionWithoutTheKey() {
        FakeConnection b = fixture.join("b");
        ResumablePeer alice = alice();
        alice.send(1, to("b", "1"));
        b.told();
        FakeConnection again = connect("again", ALICE);

        fixture.switchboard.create(again, alice.id, ROOM, withAnotherKey());

        assertThat(alice.learn()).containsExactly(new ServerEvent.TakenOver(alice.id));
        assertThat(alice.connection.closeReasons).containsExactly(CloseReason.TAKEN_OVER);
        assertThat(alice.connection.probes).isZero();
        assertThat(again.told()).singleElement().isInstanceOf(ServerEvent.Created.class);
        assertThat(b.told())
                .containsExactly(
                        delivery("b", new Message.PeerLeft(alice.id, EndReason.REPLACED)),
                        delivery("b", Fixture.joined(alice.id)));
    }

    @Test
    void theOwnerGetsAWaitingSessionAndOneOfAPlainClientWithoutTheKey() {
        ResumablePeer alice = alice();
        alice.lose();
        FakeConnection plain = connect("plain", ALICE);
        fixture.create(plain, "p");
        fixture.create(plain, "a");
        plain.told();
        FakeConnection again = connect("again", ALICE);

        fixture.switchboard.create(again, alice.id, OTHER, withAnotherKey());
        assertThat(plain.told()).endsWith(new ServerEvent.TakenOver(alice.id));
        assertThat(plain.closeReasons).as("it holds another one").isEmpty();
        fixture.create(again, "p");

        assertThat(plain.closeReasons).containsExactly(CloseReason.TAKEN_OVER);
        assertThat(again.told()).endsWith(created("p", ROOM));
    }

    @Test
    void withTheKeyOrOnTheSameConnectionAllIsAsWithoutTokens() {
        ResumablePeer alice = alice();
        Epoch epoch = alice.epoch();
        assertThat(alice.create()).containsExactly(alice.created());
        alice.connect().permit = ALICE;
        assertThat(alice.create()).containsExactly(alice.created());
        assertThat(alice.epoch()).isEqualTo(epoch);
        FakeConnection plain = connect("plain", ALICE);
        fixture.create(plain, "p");
        fixture.create(plain, "p");
        assertThat(plain.told()).containsExactly(created("p", ROOM, "a"), created("p", ROOM, "a"));
        assertThat(alice.learn()).as("p has joined once").hasSize(1);
    }

    @Test
    void aLateCreateOfAnEarlierAttemptTakesNothingOver() {
        ResumablePeer alice = alice();
        FakeConnection late = connect("late", ALICE);

        Credentials earlier = new Credentials(ResumablePeer.keyOf("earlier"), alice.instance, alice.attempt() - 1);
        fixture.switchboard.create(late, alice.id, ROOM, earlier);

        assertThat(late.closeReasons).containsExactly(CloseReason.REPLACED);
        assertThat(alice.connection.told()).isEmpty();
    }

    @Test
    void withoutAnOwnerTheKeyDecides() {
        ResumablePeer alice = alice();
        FakeConnection anybody = fixture.connect("anybody");
        fixture.switchboard.create(anybody, alice.id, ROOM, withAnotherKey());
        assertThat(anybody.told()).as("its holder is asked first").isEmpty();
        fixture.switchboard.resume(anybody, alice.id, alice.credentials(), new Position(alice.epoch(), 0, 0, 0));
        assertThat(anybody.told()).first().isInstanceOf(ServerEvent.Resumed.class);
    }

    @Test
    void aSessionOutsideWhatTheTokenGrantsIsGone() {
        ResumablePeer alice = alice();
        FakeConnection back = connect("back", ALICE.entering((room, session) -> room.equals(OTHER)));

        fixture.switchboard.resume(back, alice.id, alice.credentials(), new Position(alice.epoch(), 0, 0, 0));

        assertThat(back.told()).containsExactly(new ServerEvent.Gone(alice.id));
        assertThat(fixture.switchboard.holdsNone(back)).isTrue();
    }

    @Test
    void anOwnerSurvivesARestart() {
        ResumablePeer alice = peer("a", "page", ALICE);
        Epoch before = new Epoch("before");
        fixture.switchboard.restore(new Store.Recovered(
                List.of(new Store.Image(
                        alice.id, ROOM, before, alice.credentials(), ALICE.role(), 0, 0, List.of(), false)),
                true));
        FakeConnection thief = connect("thief", MALLORY);

        fixture.switchboard.resume(thief, alice.id, alice.credentials(), new Position(before, 0, 0, 0));
        fixture.switchboard.resume(alice.connection, alice.id, alice.credentials(), new Position(before, 0, 0, 0));

        assertThat(thief.told()).containsExactly(new ServerEvent.Gone(alice.id));
        assertThat(alice.learn()).first().isInstanceOf(ServerEvent.Resumed.class);
    }

    @Test
    void aSignalThatIsNotAllowedIsTakenAndNamedWhetherOrNotItsAddresseeExists() {
        FakeConnection b = fixture.join("b");
        FakeConnection c = fixture.join("c");
        ResumablePeer alice = peer("a", "page", ALICE.sendingTo(to -> id("c").equals(to)));
        alice.create();
        c.told();

        alice.send(1, to("b", "1"));
        alice.send(2, to("nobody", "2"));
        alice.send(3, toAll("3"));
        alice.send(4, to("c", "4"));

        assertThat(alice.learn())
                .containsExactly(
                        alice.delivery(1, notAllowed(id("b"), 1)),
                        alice.delivery(2, notAllowed(id("nobody"), 2)),
                        alice.delivery(3, notAllowed(null, 3)));
        assertThat(alice.acknowledged()).isEqualTo(4);
        assertThat(b.told()).doesNotContain(Fixture.signal("b", "a", toAll("3")));
        assertThat(c.told()).containsExactly(Fixture.signal("c", "a", to("c", "4")));
        c.permit = MALLORY.sendingTo(to -> false);
        fixture.switchboard.relay(c, id("c"), 0, to("nobody", "x"));
        assertThat(c.told())
                .as("and so is a plain one")
                .containsExactly(Fixture.undeliverable("c", "nobody", Message.UndeliverableReason.NOT_ALLOWED));
    }

    @Test
    void aConnectionHoldsOnlyWhatANewTokenGrants() {
        ResumablePeer alice = alice();
        FakeConnection holder = alice.connection;

        assertThat(fixture.switchboard.holdsOnly(holder, ALICE)).isTrue();
        assertThat(fixture.switchboard.holdsOnly(holder, MALLORY)).isFalse();
        assertThat(fixture.switchboard.holdsOnly(holder, ALICE.entering((room, session) -> room.equals(OTHER))))
                .isFalse();
        assertThat(fixture.switchboard.holdsOnly(fixture.join("b"), MALLORY))
                .as("what is nobody's")
                .isTrue();
        alice.lose();
        assertThat(fixture.switchboard.holdsOnly(holder, MALLORY)).isTrue();
    }
}
