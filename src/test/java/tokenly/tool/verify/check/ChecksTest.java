package tokenly.tool.verify.check;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.tool.verify.check.Script.A;
import static tokenly.tool.verify.check.Script.B;
import static tokenly.tool.verify.check.Script.FIRST;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tokenly.protocol.CloseCode;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.PeerChange;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.State;
import tokenly.tool.verify.schedule.FaultKind;

/** Each rule with a history that keeps it, and with one that breaks it and nothing else. */
class ChecksTest {

    private static List<Rule> broken(Script script) {
        History history = script.history();
        return Check.ALL.stream()
                .map(check -> check.of(history))
                .filter(findings -> !findings.isClean())
                .map(Findings::rule)
                .toList();
    }

    private static void holds(Script script) {
        assertThat(broken(script)).isEmpty();
    }

    private static void breaks(Script script, Rule... rules) {
        assertThat(broken(script)).containsExactly(rules);
    }

    @Test
    void thereIsACheckForEachRule() {
        assertThat(Check.ALL.stream()
                        .map(check -> check.of(new Script().history()).rule()))
                .containsExactly(Rule.values());
    }

    @Test
    void aQuietRunKeepsAllRules() {
        holds(Script.begun()
                .relay(A, B, 1)
                .relay(B, A, 1)
                .relay(A, B, 2)
                .settle()
                .status(State.CONNECTED, 2));
    }

    @Test
    void aResumeKeepsAllRules() {
        holds(Script.begun()
                .relay(A, B, 1)
                .send(A, B, 2, FIRST)
                .then(at -> at.acked(A, FIRST, 2))
                .resume(B, 1, 0, 2)
                .deliver(A, B, 2, FIRST + 1)
                .settle());
    }

    // No phantom

    @Test
    void whatWasNeverSentIsAPhantom() {
        breaks(
                Script.begun()
                        .then(at -> at.in(B, FIRST, 1))
                        .then(at -> at.delivered(B, A, 7))
                        .settle(),
                Rule.NO_PHANTOM);
    }

    @Test
    void whatNobodyCanHaveSentIsAPhantom() {
        breaks(Script.begun().then(at -> at.deliveredNonsense(B)).settle(), Rule.NO_PHANTOM);
    }

    @Test
    void whatIsProcessedBeforeItWasSentIsAPhantom() {
        breaks(
                Script.begun()
                        .then(at -> at.delivered(B, A, 1))
                        .send(A, B, 1, FIRST)
                        .settle(),
                Rule.NO_PHANTOM);
    }

    @Test
    void whatComesBackToItsSenderIsAPhantom() {
        breaks(
                Script.begun()
                        .then(at -> at.sent(A, 1, Event.ALL))
                        .then(at -> at.delivered(B, A, 1))
                        .then(at -> at.delivered(A, A, 1))
                        .settle(),
                Rule.NO_PHANTOM);
    }

    // Once, in order, without a gap

    @Test
    void aSignalThatIsProcessedTwiceIsFound() {
        breaks(Script.begun().relay(A, B, 1).then(at -> at.delivered(B, A, 1)).settle(), Rule.ONCE);
    }

    @Test
    void aSignalThatIsOvertakenIsFound() {
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .send(A, B, 2, FIRST)
                        .then(at -> at.delivered(B, A, 2))
                        .then(at -> at.delivered(B, A, 1))
                        .settle(),
                Rule.ORDER);
    }

    @Test
    void aMissingSignalIsBothAGapAndALoss() {
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .relay(A, B, 2)
                        .then(at -> {})
                        .settle(),
                Rule.NO_GAP,
                Rule.NOTHING_LOST,
                Rule.NUMBERS);
    }

    @Test
    void aSignalToOthersIsNoGap() {
        Script script = Script.begun().relay(A, B, 1);
        holds(script.then(at -> at.sent(A, 2, B))
                .fail(A, B, 2)
                .then(at -> at.sent(A, 3, B))
                .then(at -> at.delivered(B, A, 3))
                .settle());
    }

    @Test
    void aGapIsExcusedWhereTheReceiverBeganAnewAfterTheSignalWasSent() {
        holds(restarted(true));
    }

    @Test
    void aGapIsNotExcusedWhereTheReceiverBeganAnewBefore() {
        breaks(restarted(false), Rule.NO_GAP, Rule.NOTHING_LOST);
    }

    /** Both are away for too long; number 1 was sent before or after B began anew, and number 2 afterwards. */
    private static Script restarted(boolean isSentBefore) {
        Script script = Script.begun();
        if (isSentBefore) {
            script.send(A, B, 1, FIRST).then(at -> at.acked(A, FIRST, 1));
        }
        script.then(at -> at.closed(A, FIRST, 1006))
                .then(at -> at.closed(B, FIRST, 1006))
                .later(Script.WINDOW);
        for (int instance : List.of(A, B)) {
            script.then(at -> {
                        at.opened(instance, 2);
                        at.resumeAsked(instance, 2, 0, instance == A && isSentBefore ? 1 : 0);
                        at.gone(instance, 2);
                    })
                    .create(instance, 2, 10 + instance)
                    .meet(instance, 1 - instance);
        }
        if (!isSentBefore) {
            script.then(at -> at.sent(A, 1, B));
        }
        return script.then(at -> at.sent(A, 2, B))
                .then(at -> at.delivered(B, A, 2))
                .settle()
                .status(State.CONNECTED, 2);
    }

    // Nothing lost

    @Test
    void theLastSignalThatNeverArrivesIsLost() {
        breaks(Script.begun().send(A, B, 1, FIRST).settle(), Rule.NOTHING_LOST);
    }

    @Test
    void whoLeavesInTheEndMustHaveGotAllBefore() {
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .settle()
                        .then(at -> at.left(A))
                        .then(at -> at.left(B)),
                Rule.NOTHING_LOST);
    }

    @Test
    void aSignalToAllMustReachEverybody() {
        breaks(Script.begun().then(at -> at.sent(A, 1, Event.ALL)).settle(), Rule.NOTHING_LOST);
    }

    @Test
    void aSignalThatIsNamedToItsSenderIsNotLost() {
        holds(Script.begun().send(A, B, 1, FIRST).fail(A, B, 1).settle());
        holds(Script.begun().then(at -> at.sent(A, 1, Event.ALL)).fail(A, B, 1).settle());
    }

    // Owners

    @Test
    void aSignalThatALaterOwnerProcessesIsFound() {
        AtomicInteger second = new AtomicInteger();
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .newOwner(second::set)
                        .later(Duration.ofSeconds(1))
                        .then(at -> at.in(second.get(), FIRST, 1))
                        .then(at -> at.delivered(second.get(), A, 1))
                        .then(tell(PeerChange.LEFT))
                        .then(tell(PeerChange.JOINED))
                        .settle(),
                Rule.OWNERS);
    }

    @Test
    void aSignalToALaterOwnerThatItsSenderKnowsIsItsOwn() {
        AtomicInteger second = new AtomicInteger();
        holds(Script.begun()
                .newOwner(second::set)
                .then(tell(PeerChange.LEFT))
                .then(tell(PeerChange.JOINED))
                .send(A, B, 1, FIRST)
                .then(at -> at.in(second.get(), FIRST, 1))
                .then(at -> at.delivered(second.get(), A, 1))
                .settle()
                .status(State.CONNECTED, 2));
    }

    /** The list of a new epoch names all peers: who is not in it has left, and no call says so. */
    @Test
    void aSignalToANameThatHadNoOwnerAtTheLastResetIsForWhoeverGetsIt() {
        AtomicInteger second = new AtomicInteger();
        holds(Script.begun()
                .fault(FaultKind.TAKEOVER, A)
                .fault(FaultKind.NEW_OWNER, B)
                .then(at -> at.leaves(B))
                .then(at -> at.left(B))
                .then(at -> at.reset(A, FIRST, 8, Reason.NEW_INSTANCE))
                .later(Duration.ofSeconds(1))
                .send(A, B, 1, FIRST)
                .later(Duration.ofSeconds(1))
                .takeOver(second::set)
                .then(at -> nextOwner(at, second.get()))
                .then(tell(PeerChange.JOINED))
                .settle());
    }

    @Test
    void aSignalToAnOwnerThatTheLastResetHasNamedIsNotForALaterOne() {
        AtomicInteger second = new AtomicInteger();
        breaks(
                Script.begun()
                        .fault(FaultKind.TAKEOVER, A)
                        .fault(FaultKind.NEW_OWNER, B)
                        .then(at -> at.reset(A, FIRST, 8, Reason.NEW_INSTANCE))
                        .meet(A, B)
                        .later(Duration.ofSeconds(1))
                        .send(A, B, 1, FIRST)
                        .later(Duration.ofSeconds(1))
                        .then(at -> at.leaves(B))
                        .then(at -> at.left(B))
                        .takeOver(second::set)
                        .then(at -> nextOwner(at, second.get()))
                        .then(tell(PeerChange.LEFT))
                        .then(tell(PeerChange.JOINED))
                        .settle(),
                Rule.OWNERS);
    }

    /** {@code instance} creates B's session, and processes the first signal of A. */
    private static void nextOwner(Recorder at, int instance) {
        at.opened(instance, FIRST);
        at.createAsked(instance, FIRST);
        at.created(instance, FIRST, 9);
        at.peer(instance, A, PeerChange.PRESENT);
        at.in(instance, FIRST, 1);
        at.delivered(instance, A, 1);
    }

    @Test
    void aSignalThatIsNamedBecauseTheNameHasAnotherOwnerIsNotLost() {
        AtomicInteger second = new AtomicInteger();
        holds(Script.begun()
                .send(A, B, 1, FIRST)
                .send(A, B, 2, FIRST)
                .send(A, B, 3, FIRST)
                .newOwner(second::set)
                .then(at -> at.failed(A, 1, B, Reason.LEFT))
                .then(at -> at.failed(A, 2, B, Reason.REPLACED))
                .then(at -> at.failed(A, 3, B, Reason.UNKNOWN_PEER))
                .then(tell(PeerChange.LEFT))
                .then(tell(PeerChange.JOINED))
                .settle());
    }

    @Test
    void onlyANameThatHasChangedHandsIsReplaced() {
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .then(at -> at.failed(A, 1, B, Reason.REPLACED))
                        .settle(),
                Rule.RESETS);
    }

    // Acknowledgements

    @Test
    void anAcknowledgementThatGoesBackIsFound() {
        breaks(
                Script.begun()
                        .relay(A, B, 1)
                        .relay(A, B, 2)
                        .then(at -> at.acked(A, FIRST, 1))
                        .settle(),
                Rule.ACKS);
        breaks(
                Script.begun()
                        .relay(A, B, 1)
                        .relay(A, B, 2)
                        .then(at -> at.ack(B, FIRST, 1))
                        .settle(),
                Rule.ACKS);
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentIsFound() {
        breaks(Script.begun().relay(A, B, 1).then(at -> at.acked(A, FIRST, 2)).settle(), Rule.ACKS, Rule.FENCE);
    }

    // Fence

    @Test
    void whatComesBeforeTheOutcomeIsFound() {
        breaks(Script.begun().relay(A, B, 1).then(at -> at.in(B, FIRST + 1, 2)).settle(), Rule.FENCE);
    }

    @Test
    void anAcknowledgementOfWhatOnlyTheOldConnectionSentIsFound() {
        breaks(resentPartly(2), Rule.FENCE);
        holds(resentPartly(1));
    }

    /** A sent 1 and 2 on its old connection, and only 1 on the new one, when the server acknowledges. */
    private static Script resentPartly(long acked) {
        return Script.begun()
                .send(A, B, 1, FIRST)
                .send(A, B, 2, FIRST)
                .resume(A, 0, 0, 0)
                .then(at -> at.out(A, FIRST + 1, 1))
                .then(at -> at.acked(A, FIRST + 1, acked))
                .deliver(A, B, 1, FIRST)
                .fail(A, B, 2)
                .settle();
    }

    @Test
    void anOlderConnectionThatIsGivenTheSessionAgainIsFound() {
        breaks(
                Script.begun()
                        .resume(A, 0, 0, 0)
                        .then(at -> at.resumed(A, FIRST, 0, 0))
                        .then(at -> at.resumed(A, FIRST + 1, 0, 0))
                        .settle(),
                Rule.FENCE);
    }

    @Test
    void aSessionThatHasToBeResumedOnItsOwnConnectionIsFound() {
        breaks(
                Script.begun()
                        .then(at -> at.resumeAsked(A, FIRST, 0, 0))
                        .then(at -> at.resumed(A, FIRST, 0, 0))
                        .settle(),
                Rule.FENCE);
    }

    // Numbers

    @Test
    void aHoleInTheMailboxIsFound() {
        breaks(Script.begun().relay(A, B, 1).then(at -> at.in(B, FIRST, 3)).settle(), Rule.NUMBERS);
    }

    @Test
    void aMailboxThatDoesNotFollowWhereTheClientStandsIsFound() {
        breaks(
                Script.begun()
                        .relay(A, B, 1)
                        .resume(B, 1, 0, 3)
                        .then(at -> at.in(B, FIRST + 1, 3))
                        .settle(),
                Rule.NUMBERS);
    }

    @Test
    void aServerThatForgotWhatItAcknowledgedIsFound() {
        breaks(
                Script.begun()
                        .relay(A, B, 1)
                        .then(at -> at.closed(A, FIRST, 1006))
                        .then(at -> at.opened(A, 2))
                        .then(at -> at.resumeAsked(A, 2, 0, 1))
                        .then(at -> at.resumed(A, 2, 0, 0))
                        .settle(),
                Rule.NUMBERS);
    }

    @Test
    void aServerThatForgotWhatItDeliveredIsFound() {
        breaks(Script.begun().relay(A, B, 1).resume(B, 1, 0, 0).settle(), Rule.NUMBERS);
    }

    // Membership

    @Test
    void aPeerThatJoinsTwiceIsFound() {
        breaks(Script.begun().then(at -> at.peer(A, B, PeerChange.JOINED)).settle(), Rule.MEMBERSHIP);
    }

    @Test
    void aPeerThatIsBackWithoutHavingBeenAwayIsFound() {
        breaks(Script.begun().then(at -> at.peer(A, B, PeerChange.BACK)).settle(), Rule.MEMBERSHIP);
    }

    @Test
    void aRestartExcusesThatAPeerIsOnceMoreSaidToBeBackOrAway() {
        holds(Script.begun()
                .then(Recorder::serverKilled)
                .then(tell(PeerChange.BACK))
                .settle());
        holds(Script.begun()
                .then(tell(PeerChange.AWAY))
                .then(Recorder::serverStopped)
                .then(tell(PeerChange.AWAY))
                .then(tell(PeerChange.BACK))
                .settle());
        breaks(
                Script.begun()
                        .then(Recorder::serverKilled)
                        .then(tell(PeerChange.BACK))
                        .then(tell(PeerChange.BACK))
                        .settle(),
                Rule.MEMBERSHIP);
    }

    @Test
    void aReturnExcusesThatItIsOnceMoreToldWhereAPeerIs() {
        holds(Script.begun().resume(A, 0, 0, 0).then(tell(PeerChange.BACK)).settle());
        breaks(
                Script.begun()
                        .resume(A, 0, 0, 0)
                        .then(tell(PeerChange.BACK))
                        .then(tell(PeerChange.BACK))
                        .settle(),
                Rule.MEMBERSHIP);
    }

    private static Consumer<Recorder> tell(PeerChange change) {
        return at -> at.peer(A, B, change);
    }

    @Test
    void aPeerThatIsAwayInTheEndThoughItIsThereIsFound() {
        breaks(Script.begun().then(at -> at.peer(A, B, PeerChange.AWAY)).settle(), Rule.MEMBERSHIP);
        holds(Script.begun()
                .then(at -> at.peer(A, B, PeerChange.AWAY))
                .then(at -> at.peer(A, B, PeerChange.BACK))
                .settle());
    }

    @Test
    void aPeerThatNobodyToldOfIsFound() {
        breaks(new Script().create(A, FIRST, 1).create(B, FIRST, 2).meet(B, A).settle(), Rule.MEMBERSHIP);
    }

    // Slow links

    @Test
    void aConnectionThatIsLostBecauseItsLinkIsSlowIsFound() {
        breaks(
                Script.begun()
                        .fault(FaultKind.SLOW_LINK, B)
                        .resume(B, 0, 0, 0)
                        .healed()
                        .settle(),
                Rule.SLOW_LINKS);
    }

    @Test
    void anotherFaultExcusesThatAConnectionIsLostOnASlowLink() {
        holds(Script.begun()
                .fault(FaultKind.BLACKHOLE, B)
                .healed()
                .fault(FaultKind.SLOW_LINK, B)
                .resume(B, 0, 0, 0)
                .healed()
                .settle());
        holds(Script.begun()
                .fault(FaultKind.KILL, A, B)
                .fault(FaultKind.SLOW_LINK, B)
                .resume(B, 0, 0, 0)
                .healed()
                .settle());
    }

    @Test
    void aConnectionThatAFreezeHeldUpWhileItWasOpenedIsNotLostByItsSlowLink() {
        Function<Duration, Script> lostAfter = pause -> Script.begun()
                .fault(FaultKind.FREEZE, A, B)
                .healed()
                .later(pause)
                .resume(B, 0, 0, 0)
                .fault(FaultKind.SLOW_LINK, B)
                .then(at -> at.closed(B, 2, CloseCode.HEARTBEAT_TIMEOUT.number()))
                .create(B, 3, 3)
                .healed()
                .settle();
        assertThat(broken(lostAfter.apply(Duration.ofSeconds(1)))).doesNotContain(Rule.SLOW_LINKS);
        assertThat(broken(lostAfter.apply(Duration.ofSeconds(4)))).contains(Rule.SLOW_LINKS);
    }

    @Test
    void aConnectionThatIsLostWhileTheLinkOfAnotherIsSlowIsNoneOfItsLosses() {
        holds(Script.begun()
                .fault(FaultKind.SLOW_LINK, A)
                .resume(B, 0, 0, 0)
                .healed()
                .settle());
    }

    @Test
    void aConnectionThatAnotherInstanceTakesOverOnASlowLinkIsNotLostByIt() {
        AtomicInteger second = new AtomicInteger();
        holds(Script.begun()
                .fault(FaultKind.TAKEOVER, B)
                .healed()
                .takeOver(second::set)
                .resume(B, 0, 0, 0) // after the fault: both instances have waited for the server
                .fault(FaultKind.SLOW_LINK, B)
                .then(at -> at.opened(second.get(), 1))
                .then(at -> at.resumeAsked(second.get(), 1, 0, 0))
                .then(at -> at.reset(second.get(), 1, 9, Reason.NEW_INSTANCE))
                .then(at -> at.takenOver(B))
                .then(at -> at.closed(B, 2, CloseCode.TAKEN_OVER.number()))
                .then(at -> at.peer(second.get(), A, PeerChange.PRESENT))
                .healed()
                .settle()
                .status(State.CONNECTED, 2));
    }

    // Resets

    @Test
    void aResetWithoutACauseIsFound() {
        breaks(reset(Reason.STORE_WENT_BACK), Rule.RESETS);
        breaks(reset(Reason.EPOCH), Rule.RESETS);
        breaks(reset(Reason.NEW_INSTANCE), Rule.RESETS);
        breaks(reset(Reason.OVERFLOW), Rule.RESETS);
    }

    @Test
    void anAcknowledgedSignalThatTheStoreHasLostIsFound() {
        Script script = Script.begun().send(A, B, 1, FIRST).then(at -> at.acked(A, FIRST, 1));
        breaks(
                script.then(at -> at.failed(A, 1, Event.ALL, Reason.STORE_WENT_BACK))
                        .settle(),
                Rule.RESETS);
    }

    private static Script reset(Reason reason) {
        return Script.begun()
                .then(at -> {
                    at.closed(B, FIRST, 1006);
                    at.opened(B, 2);
                    at.resumeAsked(B, 2, 0, 0);
                    at.reset(B, 2, 9, reason);
                })
                .meet(B, A)
                .settle();
    }

    @Test
    void anOverflowIsExcusedWhereTheMailboxCanBeFull() {
        Script script = Script.begun().then(at -> at.closed(B, FIRST, 1006));
        for (long number = 1; number <= Script.MAILBOX; number++) {
            long next = number;
            script.send(A, B, next, FIRST).then(at -> at.acked(A, FIRST, next));
        }
        holds(script.then(at -> at.opened(B, 2))
                .then(at -> at.resumeAsked(B, 2, 0, 0))
                .then(at -> at.reset(B, 2, 9, Reason.OVERFLOW))
                .meet(B, A)
                .settle());
    }

    /** The answer that named the overflow is lost with its connection; the next one can only say that the epoch is another. */
    @Test
    void aResetWhoseReasonWasLostIsExcusedWhereThereWasOne() {
        holds(askedTwice(Script.MAILBOX));
        breaks(askedTwice(1), Rule.RESETS);
    }

    private static Script askedTwice(int signals) {
        Script script = Script.begun().then(at -> at.closed(B, FIRST, 1006));
        for (long number = 1; number <= signals; number++) {
            long next = number;
            script.send(A, B, next, FIRST).then(at -> at.acked(A, FIRST, next));
        }
        for (long connection = 2; connection <= 3; connection++) {
            long asked = connection;
            script.then(at -> at.opened(B, asked)).then(at -> at.resumeAsked(B, asked, 0, 0));
            if (asked == 2) {
                script.then(at -> at.closed(B, asked, 1006));
            }
        }
        return script.then(at -> at.reset(B, 3, 9, Reason.EPOCH)).meet(B, A).settle();
    }

    @Test
    void anOverflowIsExcusedHoweverManyComingsAndGoingsStoodInTheMailboxBefore() {
        Script script = Script.begun();
        for (long number = 1; number <= 10 * Script.MAILBOX; number++) {
            long next = number;
            script.then(at -> at.in(B, FIRST, next)).then(at -> at.ack(B, FIRST, next));
        }
        script.later(Duration.ofSeconds(5)).then(at -> at.closed(B, FIRST, 1006));
        for (long number = 1; number <= Script.MAILBOX; number++) {
            long next = number;
            script.send(A, B, next, FIRST).then(at -> at.acked(A, FIRST, next));
        }
        holds(script.then(at -> at.opened(B, 2))
                .then(at -> at.resumeAsked(B, 2, 10 * Script.MAILBOX, 0))
                .then(at -> at.reset(B, 2, 9, Reason.OVERFLOW))
                .meet(B, A)
                .settle());
    }

    @Test
    void anOverflowIsNotExcusedByWhatWasAcknowledgedLongBefore() {
        Script script = Script.begun();
        for (long number = 1; number <= Script.MAILBOX; number++) {
            script.relay(A, B, number);
        }
        breaks(
                script.later(Duration.ofSeconds(5))
                        .then(at -> at.closed(B, FIRST, 1006))
                        .then(at -> at.opened(B, 2))
                        .then(at -> at.resumeAsked(B, 2, Script.MAILBOX, 0))
                        .then(at -> at.reset(B, 2, 9, Reason.OVERFLOW))
                        .meet(B, A)
                        .settle(),
                Rule.RESETS);
    }

    @Test
    void aTakeoverExcusesTheNewInstanceAndNobodyElse() {
        AtomicInteger second = new AtomicInteger();
        holds(Script.begun()
                .fault(FaultKind.TAKEOVER, B)
                .takeOver(second::set)
                .then(at -> at.opened(second.get(), 1))
                .then(at -> at.resumeAsked(second.get(), 1, 0, 0))
                .then(at -> at.reset(second.get(), 1, 9, Reason.NEW_INSTANCE))
                .then(at -> at.takenOver(B))
                .then(at -> at.peer(second.get(), A, PeerChange.PRESENT))
                .settle()
                .status(State.CONNECTED, 2));
        breaks(
                Script.begun()
                        .fault(FaultKind.TAKEOVER, B)
                        .then(at -> at.takenOver(A))
                        .settle(),
                Rule.RESETS,
                Rule.RESUMES);
    }

    @Test
    void aSessionThatIsGoneAlthoughTheServerRanOnIsFound() {
        breaks(gone(script -> script), Rule.RESETS);
    }

    @Test
    void aSessionThatIsGoneAfterItsWindowIsExcused() {
        holds(gone(script -> script.later(Script.WINDOW)));
    }

    @Test
    void noEndOfTheServerExcusesASessionThatIsGone() {
        breaks(gone(script -> script.then(Recorder::serverStopped).then(ChecksTest::starts)), Rule.RESETS);
        breaks(gone(script -> script.then(Recorder::serverKilled).then(ChecksTest::starts)), Rule.RESETS);
    }

    @Test
    void whoWaitsWhenTheServerIsKilledIsWaitedForOnceMore() {
        Duration half = Script.WINDOW.dividedBy(2);
        breaks(
                gone(script -> script.later(half)
                        .then(Recorder::serverKilled)
                        .then(ChecksTest::starts)
                        .later(half)),
                Rule.RESETS);
        holds(gone(script ->
                script.later(Script.WINDOW).then(Recorder::serverKilled).then(ChecksTest::starts)));
    }

    private static void starts(Recorder to) {
        to.serverStarted(false);
    }

    private static Script gone(UnaryOperator<Script> meanwhile) {
        return meanwhile
                .apply(Script.begun().then(at -> at.closed(B, FIRST, 1006)))
                .then(at -> at.opened(B, 2))
                .then(at -> at.resumeAsked(B, 2, 0, 0))
                .then(at -> at.gone(B, 2))
                .create(B, 2, 9)
                .meet(B, A)
                .settle();
    }

    @Test
    void aSignalToWhomTheServerDoesNotKnowAnyMoreIsFound() {
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .then(at -> at.failed(A, 1, B, Reason.UNKNOWN_PEER))
                        .settle(),
                Rule.RESETS);
    }

    @Test
    void aMailboxThatCannotBeFullLosesNothing() {
        breaks(
                Script.begun()
                        .send(A, B, 1, FIRST)
                        .then(at -> at.failed(A, 1, B, Reason.OVERFLOW))
                        .settle(),
                Rule.RESETS);
    }

    @Test
    void afterAKillTheServerHasWhatItHadAcknowledged() {
        breaks(killed().resume(A, 0, 0, 0).deliver(A, B, 1, FIRST).settle(), Rule.NUMBERS);
        holds(killed().resume(A, 0, 1, 0).deliver(A, B, 1, FIRST).settle());
        breaks(killed().resume(A, 0, 1, 0).settle(), Rule.NOTHING_LOST);
    }

    /** A has sent one signal, and was acknowledged. */
    private static Script killed() {
        return Script.begun()
                .send(A, B, 1, FIRST)
                .then(at -> at.acked(A, FIRST, 1))
                .then(Recorder::serverKilled)
                .then(ChecksTest::starts);
    }

    @Test
    void aSessionThatEndsUnaskedIsFound() {
        breaks(Script.begun().then(at -> at.ended(B, Reason.OTHER)).settle(), Rule.RESETS, Rule.RESUMES);
    }

    // Resumes

    @Test
    void aResumeWithoutAnOutcomeIsFound() {
        breaks(
                Script.begun()
                        .then(at -> at.closed(B, FIRST, 1006))
                        .then(at -> at.opened(B, 2))
                        .then(at -> at.resumeAsked(B, 2, 0, 0))
                        .settle(),
                Rule.RESUMES);
    }

    @Test
    void aSessionThatNobodyHoldsInTheEndIsFound() {
        breaks(Script.begun().then(at -> at.closed(B, FIRST, 1006)).settle(), Rule.RESUMES);
    }

    @Test
    void aRunThatNeverComesToRestIsFound() {
        breaks(Script.begun(), Rule.RESUMES);
    }

    @Test
    void aLateResumeMustBeSentAway() {
        holds(Script.begun().then(at -> at.lateResume(A, 4009)).settle());
        breaks(Script.begun().then(at -> at.lateResume(A, 0)).settle(), Rule.RESUMES);
    }

    // Bounds

    @Test
    void aClientThatKeepsTooMuchIsFound() {
        Script script = Script.begun();
        for (long number = 1; number <= Script.OUTBOX + 1; number++) {
            script.send(A, B, number, FIRST).fail(A, B, number);
        }
        breaks(script.settle(), Rule.BOUNDS);
    }

    @Test
    void aMailboxThatKeepsTooMuchIsFound() {
        Script script = Script.begun();
        for (long number = 1; number <= Script.MOST_KEPT + 1; number++) {
            long next = number;
            script.then(at -> at.in(B, FIRST, next));
        }
        breaks(script.settle(), Rule.BOUNDS);
        breaks(Script.begun().resume(B, 0, 0, Script.MOST_KEPT + 1).settle(), Rule.BOUNDS);
    }

    // Status

    @Test
    void aStatusThatCountsWrongIsFound() {
        breaks(Script.begun().settle().status(State.CONNECTED, 1), Rule.STATUS);
        breaks(Script.begun().settle().status(State.CONNECTED, 3), Rule.STATUS);
    }

    @Test
    void aStatusMayCountASessionThatIsBeingCreatedOrNot() {
        for (int sessions = 0; sessions <= 1; sessions++) {
            int said = sessions;
            holds(new Script()
                    .then(at -> at.createAsked(A, FIRST))
                    .then(at -> at.status(State.CONNECTED, said, 0))
                    .create(A, FIRST, 1)
                    .create(B, FIRST, 2)
                    .meet(A, B)
                    .meet(B, A)
                    .settle());
        }
    }

    @Test
    void aStatusThatDoesNotSayConnectedWhenAllAreIsFound() {
        breaks(Script.begun().settle().status(State.RECONNECTING, 2), Rule.STATUS);
    }

    @Test
    void aStatusThatCountsWhoHasLeftIsFound() {
        Script left = Script.begun().settle().then(at -> at.left(A)).then(at -> at.left(B));
        holds(left.status(State.DISCONNECTED, 0));
        breaks(left.status(State.CONNECTED, 1), Rule.STATUS);
    }

    @Test
    void aKilledServerStillCountsWhomItWaitsFor() {
        holds(killed().status(State.RECONNECTING, 2).deliver(A, B, 1, FIRST).settle());
        breaks(killed().status(State.RECONNECTING, 0).deliver(A, B, 1, FIRST).settle(), Rule.STATUS);
        breaks(killed().status(State.DISCONNECTED, 2).deliver(A, B, 1, FIRST).settle(), Rule.STATUS);
    }

    @Test
    void visitorsMayBeCountedUntilTheyHaveLeft() {
        holds(Script.begun()
                .then(at -> at.visitorsCame(3))
                .status(State.CONNECTED, 2)
                .status(State.CONNECTED, 5)
                .then(at -> at.visitorsLeft(3))
                .settle()
                .status(State.CONNECTED, 2));
        breaks(Script.begun().then(at -> at.visitorsCame(3)).settle().status(State.CONNECTED, 6), Rule.STATUS);
        breaks(
                Script.begun()
                        .then(at -> at.visitorsCame(3))
                        .then(at -> at.visitorsLeft(3))
                        .settle()
                        .status(State.CONNECTED, 3),
                Rule.STATUS);
    }

    @Test
    void aSessionThatIsLeftMayBeCountedUntilItHasEnded() {
        AtomicInteger second = new AtomicInteger();
        holds(Script.begun()
                .then(at -> at.leaves(B))
                .status(State.CONNECTED, 1)
                .status(State.CONNECTED, 2)
                .newOwner(second::set)
                .then(tell(PeerChange.LEFT))
                .then(tell(PeerChange.JOINED))
                .settle()
                .status(State.CONNECTED, 2));
    }
}
