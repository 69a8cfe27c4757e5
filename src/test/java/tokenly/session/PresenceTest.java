package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What those learn who were away themselves of others that went and came back meanwhile. */
class PresenceTest {

    private final Fixture fixture = new Fixture();

    private ResumablePeer peer(String id) {
        ResumablePeer peer = new ResumablePeer(fixture, id);
        peer.create();
        return peer;
    }

    private static Message away(ResumablePeer peer) {
        return Fixture.away(peer.id);
    }

    private static Message back(ResumablePeer peer) {
        return Fixture.back(peer.id);
    }

    private int mailboxOf(ResumablePeer peer) {
        return fixture.switchboard.session(peer.id).orElseThrow().mailbox().size();
    }

    @Test
    void aPeerThatIsAwayAndBackAgainAndAgainAddsNothingToTheMailboxOfOneThatWaits() {
        ResumablePeer a = peer("a");
        ResumablePeer b = peer("b");
        b.lose();
        for (int i = 0; i < 20; i++) {
            a.lose();
            a.resume(1, 0);
        }

        assertThat(mailboxOf(b)).isZero();
        assertThat(b.resume(0, 0)).containsExactly(b.resumed(0, 0), b.delivery(1, back(a)));
    }

    @Test
    void whoComesBackIsToldWhereThoseAreThatHaveChangedAndOfNoOther() {
        ResumablePeer a = peer("a");
        peer("d");
        ResumablePeer c = peer("c");
        ResumablePeer b = peer("b");
        b.lose();
        c.lose();
        a.lose();
        a.resume(3, 0);

        assertThat(b.resume(0, 0)).containsExactly(b.resumed(0, 0), b.delivery(1, back(a)), b.delivery(2, away(c)));
        b.lose();
        assertThat(b.resume(2, 0)).as("it has missed nothing more").containsExactly(b.resumed(0, 2));
    }

    @Test
    void aCreateWhoseAnswerWasLostIsToldToo() {
        ResumablePeer a = peer("a");
        ResumablePeer b = peer("b");
        b.lose();
        a.lose();
        b.connect();

        assertThat(b.create()).containsExactly(b.created("a"), b.delivery(1, away(a)));
    }

    @Test
    void whatIsOwedIsPostedToWhoeverIsBackByThen() {
        ResumablePeer a = peer("a");
        ResumablePeer b = peer("b");
        ResumablePeer c = peer("c");
        c.learn();
        b.lose();
        fixture.store.hold();
        a.lose();
        fixture.store.failed(); // that a is away is owed to c
        b.resume(1, 0);
        fixture.store.written();

        assertThat(b.learn()).containsExactly(b.resumed(0, 1), b.delivery(2, away(a)));
        assertThat(c.learn()).contains(c.delivery(2, away(a)));
    }

    @Test
    void whatARestartHasInterruptedIsToldToo() {
        Epoch epoch = new Epoch("before");
        ResumablePeer a = new ResumablePeer(fixture, "a");
        ResumablePeer b = new ResumablePeer(fixture, "b");
        fixture.switchboard.restore(new Store.Recovered(
                List.of(
                        new Store.Image(a.id, Fixture.ROOM, epoch, a.credentials(), Role.OPEN, 0, 0, List.of(), false),
                        new Store.Image(
                                b.id, Fixture.ROOM, epoch, b.credentials(), Role.OPEN, 0, 0, List.of(away(a)), false)),
                true));
        a.continueIn(epoch);
        b.continueIn(epoch);
        a.resume(0, 0);

        assertThat(b.resume(0, 0)).containsExactly(b.resumed(0, 1), b.delivery(1, away(a)), b.delivery(2, back(a)));
    }

    @Test
    void aCrowdOfOneAddressThatIsLostAtOnceComesBackWithoutAReset() {
        ConnectionFleet crowd = new ConnectionFleet(200, 200_000);
        crowd.isLost();
        crowd.members.forEach(crowd::comesBack);

        crowd.members.forEach(member -> assertThat(crowd.views.get(member.id))
                .hasSize(199)
                .allSatisfy((peer, isAway) -> assertThat(isAway).isFalse()));
    }

    /** Members of one room and one account, which read and acknowledge what they are told. */
    private static final class ConnectionFleet {

        final Fixture fixture;
        final List<ResumablePeer> members;
        final Map<SessionId, Map<SessionId, Boolean>> views =
                new HashMap<>(); // whom each knows, and whether it is away
        private final Map<SessionId, Long> read = new HashMap<>();

        ConnectionFleet(int size, long mailboxBytes) {
            fixture = new Fixture(new Limits(
                    size, size, Duration.ofSeconds(5), new MailboxBounds(10_000, 4 << 20), MailboxSums.UNBOUNDED));
            Account account = new Account(new AccountLimits(size, size, mailboxBytes));
            members = IntStream.range(0, size)
                    .mapToObj(i -> new ResumablePeer(fixture, "member" + i, account))
                    .toList();
            for (ResumablePeer member : members) {
                views.put(member.id, new HashMap<>());
                read(member, member.create());
                members.forEach(other -> read(other, other.learn()));
            }
        }

        /** All connections are gone before the server has dealt with the first. */
        void isLost() {
            fixture.store.hold();
            members.forEach(ResumablePeer::lose);
            while (fixture.store.unanswered() > 0) {
                fixture.store.written();
            }
        }

        void comesBack(ResumablePeer member) {
            member.resume(read.getOrDefault(member.id, 0L), 0);
            while (fixture.store.unanswered() > 0) {
                fixture.store.written();
            }
            List<ServerEvent> told = member.learn();
            assertThat(told).first().isInstanceOf(ServerEvent.Resumed.class);
            read(member, told);
            members.forEach(other -> read(other, other.learn()));
        }

        private void read(ResumablePeer member, List<ServerEvent> told) {
            Map<SessionId, Boolean> view = views.getOrDefault(member.id, Map.of());
            for (ServerEvent event : told) {
                if (event instanceof ServerEvent.Created created) {
                    created.peers().forEach(peer -> view.put(peer.id(), false));
                } else if (event instanceof ServerEvent.Delivery delivery) {
                    read.put(member.id, delivery.seq());
                    Membership.follow(view, delivery.message());
                }
            }
            if (read.containsKey(member.id) && !told.isEmpty()) {
                member.ack(read.get(member.id));
            }
        }
    }
}
