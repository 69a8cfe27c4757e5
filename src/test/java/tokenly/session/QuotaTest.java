package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.session.Fixture.id;
import static tokenly.session.Fixture.to;
import static tokenly.session.Fixture.toAll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.protocol.ErrorCode;

/** What one address, one room and all together may take, and what becomes of what is beyond. */
class QuotaTest {

    private static final MailboxBounds MAILBOX = new MailboxBounds(10_000, 4 << 20);
    private static final int TEXT = 1_000;

    /** Of a signal of {@link #TEXT} characters in one mailbox. */
    private static final long SIGNAL = MailboxCost.ENTRY_BYTES + Message.OVERHEAD_BYTES + TEXT;

    private static Fixture fixture(MailboxSums sums) {
        return new Fixture(new Limits(100, 50, Duration.ofSeconds(5), MAILBOX, sums));
    }

    private static Account account(long mailboxBytes) {
        return new Account(new AccountLimits(100, 100, mailboxBytes));
    }

    private static ResumablePeer peer(Fixture fixture, String id, Account account) {
        ResumablePeer peer = new ResumablePeer(fixture, id, account);
        peer.create();
        peer.learn();
        return peer;
    }

    private static void lose(ResumablePeer... peers) {
        for (ResumablePeer peer : peers) {
            peer.lose();
        }
    }

    private static Message undeliverable(ResumablePeer to, long seq) {
        return new Message.Undeliverable(to.id, List.of(seq), Message.UndeliverableReason.QUOTA);
    }

    @Test
    void aSignalToOnePeerBeyondTheShareOfItsAddressIsUndeliverableAndOthersGoOn() {
        Fixture fixture = fixture(MailboxSums.UNBOUNDED);
        ResumablePeer a = peer(fixture, "a", account(2 * SIGNAL + 500)); // two signals, and some news
        ResumablePeer b = peer(fixture, "b", account(Long.MAX_VALUE));
        ResumablePeer c = peer(fixture, "c", account(Long.MAX_VALUE));
        b.lose();
        a.learn();
        for (int seq = 1; seq <= 3; seq++) {
            a.send(seq, to("b", "x".repeat(TEXT)));
        }
        c.send(1, to("b", "y".repeat(TEXT)));

        assertThat(a.learn()).extracting(QuotaTest::message).containsExactly(undeliverable(b, 3));
        assertThat(a.acknowledged()).as("it is answered for, by name").isEqualTo(3);
        assertThat(b.resume(0, 0))
                .extracting(QuotaTest::message)
                .filteredOn(Message.Signalled.class::isInstance)
                .extracting(signal -> ((Message.Signalled) signal).from().value())
                .containsExactly("a", "a", "c");
    }

    @Test
    void aBroadcastBeyondTheShareIsNotTakenAndIsTakenOnceOthersHaveRead() {
        Fixture fixture = fixture(MailboxSums.UNBOUNDED);
        ResumablePeer a = peer(fixture, "a", account(2 * SIGNAL + 500));
        ResumablePeer b = peer(fixture, "b", account(Long.MAX_VALUE));
        a.learn();
        a.send(1, toAll("x".repeat(TEXT)));
        a.send(2, toAll("x".repeat(TEXT)));
        a.send(3, toAll("x".repeat(TEXT)));

        assertThat(a.learn()).containsExactly(new ServerEvent.Rejected(a.id, ErrorCode.QUOTA_EXCEEDED, 2L));
        assertThat(a.acknowledged()).isEqualTo(2);

        b.ack(2);
        a.send(3, toAll("x".repeat(TEXT)));

        assertThat(a.learn()).isEmpty();
        assertThat(a.acknowledged()).isEqualTo(3);
    }

    @Test
    void theTextOfABroadcastCountsOnceAndEachMailboxForItsEntry() {
        Fixture fixture = fixture(MailboxSums.UNBOUNDED);
        Account account = account(Long.MAX_VALUE);
        ResumablePeer a = peer(fixture, "a", account);
        Account others = account(Long.MAX_VALUE);
        ResumablePeer b = peer(fixture, "b", others);
        ResumablePeer c = peer(fixture, "c", others);
        b.ack(1); // that c has joined
        a.send(1, toAll("x".repeat(TEXT)));

        assertThat(account.mailboxBytes()).isEqualTo(SIGNAL + MailboxCost.ENTRY_BYTES);
        b.ack(2);
        assertThat(account.mailboxBytes()).isEqualTo(SIGNAL);
        c.ack(1);
        assertThat(account.mailboxBytes()).isZero();
    }

    @Test
    void aRoomHasItsShareAndAnotherRoomGoesOn() {
        Fixture fixture = fixture(new MailboxSums(Long.MAX_VALUE, 2 * SIGNAL + 1_000));
        ResumablePeer a = peer(fixture, "a", account(Long.MAX_VALUE));
        ResumablePeer b = peer(fixture, "b", account(Long.MAX_VALUE));
        b.lose();
        a.learn();
        for (int seq = 1; seq <= 3; seq++) {
            a.send(seq, to("b", "x".repeat(TEXT)));
        }

        assertThat(a.learn()).extracting(QuotaTest::message).containsExactly(undeliverable(b, 3));
    }

    @Test
    void theLastQuarterIsForAddressesThatUseNextToNothing() {
        long all = 64 * SIGNAL;
        Fixture fixture = fixture(new MailboxSums(all, Long.MAX_VALUE));
        ResumablePeer greedy = peer(fixture, "greedy", account(Long.MAX_VALUE));
        ResumablePeer modest = peer(fixture, "modest", account(Long.MAX_VALUE));
        ResumablePeer away = peer(fixture, "away", account(Long.MAX_VALUE));
        lose(away);
        greedy.learn();
        modest.learn();
        for (int seq = 1; seq <= 64; seq++) {
            greedy.send(seq, to("away", "x".repeat(TEXT)));
        }
        long refused = greedy.learn().stream()
                .map(QuotaTest::message)
                .filter(Message.Undeliverable.class::isInstance)
                .count();
        modest.send(1, to("away", "z"));

        assertThat(refused).isBetween(15L, 20L);
        assertThat(modest.learn()).isEmpty();
        assertThat(modest.acknowledged()).isEqualTo(1);
    }

    @Test
    void signalsThatWaitForTheirRoomCountForTheirAddressUntilTheyAreWritten() {
        QueueBudget queue = new QueueBudget(400);
        Account greedy = account(1_000);
        Account modest = account(1_000);

        assertThat(queue.take(greedy, 100)).isTrue();
        assertThat(queue.take(greedy, 1)).as("it has its quarter").isFalse();
        assertThat(queue.take(modest, 100)).isTrue();
        assertThat(greedy.isIdle()).isFalse();
        queue.free(greedy, 100);
        assertThat(greedy.isIdle()).isTrue();
        assertThat(queue.take(Account.unbounded(), 300))
                .as("of a gateway only all counts")
                .isTrue();
        assertThat(queue.take(modest, 1)).isFalse();
    }

    @Test
    void whatEndsGivesBackWhatItTook() {
        Fixture fixture = fixture(MailboxSums.UNBOUNDED);
        Account account = account(Long.MAX_VALUE);
        ResumablePeer a = peer(fixture, "a", account);
        ResumablePeer b = peer(fixture, "b", account);
        b.lose();
        a.send(1, to("b", "x"));
        a.send(2, toAll("y"));
        a.learn();
        fixture.timer.advance(Fixture.POLICY.resumeWindow());
        fixture.switchboard.destroy(a.connection, a.id);

        assertThat(account.isIdle()).isTrue();
    }

    @Test
    void aConnectionMayCreateOnlySoManySessionsAndAnAddressToo() {
        Fixture fixture = fixture(MailboxSums.UNBOUNDED);
        Account account = new Account(new AccountLimits(3, 2, Long.MAX_VALUE));
        FakeConnection first = fixture.connect("first", account);
        FakeConnection second = fixture.connect("second", account);
        for (String id : List.of("a", "b", "c")) {
            fixture.create(first, id);
        }
        for (String id : List.of("d", "e")) {
            fixture.create(second, id);
        }
        FakeConnection stranger = fixture.connect("of another address", account(1_000_000));
        fixture.create(stranger, "f");

        assertThat(first.told()).contains(refused("c"));
        assertThat(second.told()).contains(refused("e")).doesNotContain(refused("d"));
        assertThat(stranger.told()).doesNotContain(refused("f"));

        fixture.switchboard.destroy(first, id("a"));
        fixture.create(second, "e");
        assertThat(second.told()).doesNotContain(refused("e"));
    }

    private static ServerEvent refused(String session) {
        return new ServerEvent.CreateRefused(id(session), ErrorCode.QUOTA_EXCEEDED);
    }

    @Test
    void oneAddressFillsAtMostHalfOfAMailboxAndOthersStillReachIt() {
        Limits limits =
                new Limits(100, 50, Duration.ofSeconds(5), new MailboxBounds(20, 4 << 20), MailboxSums.UNBOUNDED);
        Fixture fixture = new Fixture(limits);
        ResumablePeer greedy = peer(fixture, "greedy", account(1_000_000));
        ResumablePeer modest = peer(fixture, "modest", account(1_000_000));
        ResumablePeer victim = peer(fixture, "victim", account(1_000_000));
        lose(victim);
        modest.send(1, to("victim", "before"));
        for (int seq = 1; seq <= 30; seq++) {
            greedy.send(seq, to("victim", "x"));
            greedy.learn();
        }
        modest.send(2, to("victim", "after"));

        List<ServerEvent> told = victim.resume(0, 0);
        assertThat(told).first().isInstanceOf(ServerEvent.Resumed.class);
        assertThat(told)
                .extracting(QuotaTest::message)
                .filteredOn(message -> message instanceof Message.Signalled signal
                        && signal.from().equals(modest.id))
                .hasSize(2);
    }

    @Test
    void aBroadcastGoesToThoseWhoseMailboxesItHasNotHalfFilled() {
        Limits limits =
                new Limits(100, 50, Duration.ofSeconds(5), new MailboxBounds(40, 4 << 20), MailboxSums.UNBOUNDED);
        Fixture fixture = new Fixture(limits);
        ResumablePeer greedy = peer(fixture, "greedy", account(1_000_000));
        ResumablePeer victim = peer(fixture, "victim", account(1_000_000));
        ResumablePeer reader = peer(fixture, "reader", account(1_000_000));
        lose(victim);
        for (int seq = 1; seq <= 25; seq++) {
            greedy.send(seq, toAll("x"));
            reader.ack(1 + seq);
        }

        assertThat(greedy.learn())
                .extracting(QuotaTest::message)
                .contains(undeliverable(victim, 25))
                .doesNotContain(undeliverable(victim, 1));
        assertThat(reader.learn())
                .extracting(QuotaTest::message)
                .filteredOn(Message.Signalled.class::isInstance)
                .hasSize(25);
    }

    @Test
    void whatNamesALossEmptiesTheMailboxOfItsSenderAlone() {
        Fixture fixture = fixture(MailboxSums.UNBOUNDED);
        ResumablePeer a = peer(fixture, "a", account(20_000));
        ResumablePeer victim = peer(fixture, "victim", account(1_000_000));
        ResumablePeer c = peer(fixture, "c", account(1_000_000));
        lose(victim);
        for (int seq = 1; seq <= 200; seq++) {
            c.send(seq, to("victim", "x"));
        }
        for (int seq = 1; seq <= 300; seq++) {
            a.send(seq, to("stranger", "x"));
        }

        assertThat(victim.resume(0, 0)).first().isInstanceOf(ServerEvent.Resumed.class);
        assertThat(a.resume(0, 300)).first().isInstanceOf(ServerEvent.Reset.class);
    }

    @Test
    void newsOfARoomEmptiesNoMailbox() {
        Fixture fixture = fixture(new MailboxSums(16_000, Long.MAX_VALUE));
        ResumablePeer many = peer(fixture, "many", account(Long.MAX_VALUE));
        ResumablePeer a = peer(fixture, "a", account(Long.MAX_VALUE));
        ResumablePeer few = peer(fixture, "few", account(Long.MAX_VALUE));
        lose(many, few);
        a.learn();
        for (int seq = 1; seq <= 30; seq++) {
            a.send(seq, to("many", ""));
        }
        FakeConnection visitors = fixture.connect("visitors");
        List<String> names = IntStream.range(0, 40).mapToObj(i -> "visitor" + i).toList();
        names.forEach(name -> fixture.create(visitors, name));
        names.forEach(name -> fixture.switchboard.destroy(visitors, id(name))); // that they leave cannot be refused

        assertThat(many.resume(0, 0)).first().isInstanceOf(ServerEvent.Resumed.class);
        assertThat(few.resume(0, 0)).first().isInstanceOf(ServerEvent.Resumed.class);
    }

    @Test
    void aBroadcastThatWouldFloodItsSenderWithUndeliverablesIsNotTaken() {
        Limits limits =
                new Limits(100, 50, Duration.ofSeconds(5), new MailboxBounds(8, 4 << 20), MailboxSums.UNBOUNDED);
        Fixture fixture = new Fixture(limits);
        ResumablePeer a = peer(fixture, "a", account(Long.MAX_VALUE));
        List<ResumablePeer> away = List.of(
                peer(fixture, "b", account(Long.MAX_VALUE)),
                peer(fixture, "c", account(Long.MAX_VALUE)),
                peer(fixture, "d", account(Long.MAX_VALUE)));
        a.ack(3);
        lose(away.toArray(ResumablePeer[]::new));
        a.ack(6);
        List<ServerEvent> told = new ArrayList<>();
        for (int seq = 1; told.stream().noneMatch(ServerEvent.Rejected.class::isInstance); seq++) {
            a.send(seq, toAll(""));
            told.addAll(a.learn());
        }

        assertThat(told)
                .filteredOn(ServerEvent.Rejected.class::isInstance)
                .extracting(event -> ((ServerEvent.Rejected) event).code())
                .containsExactly(ErrorCode.QUOTA_EXCEEDED);
        assertThat(a.resume(6, 20)).first().as("it has not overflowed itself").isInstanceOf(ServerEvent.Resumed.class);
    }

    private static Object message(ServerEvent event) {
        return event instanceof ServerEvent.Delivery delivery ? delivery.message() : event;
    }
}
