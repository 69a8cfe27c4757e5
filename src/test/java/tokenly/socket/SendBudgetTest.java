package tokenly.socket;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tokenly.session.Epoch;
import tokenly.session.FakeTimer;
import tokenly.session.Message;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;

/** A hundred thousand bytes for all: half of them for sends that are under way, each of which counts double. */
class SendBudgetTest {

    private static final int LIMIT = 100_000;
    private static final String LARGE = "x".repeat(10_000); // 20,000 under way

    private final FakeTimer timer = new FakeTimer();
    private final SendBudget budget = new SendBudget(LIMIT, timer);
    private final List<String> letGo = new ArrayList<>();
    private final List<String> woken = new ArrayList<>();

    /** A reader whose sends hang until they are landed. */
    private final class Reader implements OutboxOwner {

        @Override
        public void ping(long mark) {
            outbox.answered(mark);
        }

        final String name;
        final Queue<SendHandler> underWay = new ArrayDeque<>();
        final Outbox outbox;
        int sent;

        Reader(String name) {
            this.name = name;
            this.outbox = new Outbox(
                    (text, whenSent) -> {
                        sent++;
                        underWay.add(whenSent);
                    },
                    new Backlog.Bounds(0, 10_000_000),
                    budget,
                    this);
            budget.add(outbox);
        }

        Reader offer(String text) {
            assertThat(outbox.offer(Unsent.of(text))).isTrue();
            return this;
        }

        void land() {
            underWay.remove().onResult(new SendResult());
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void roomAgain() {
            woken.add(name);
        }

        @Override
        public void letGo() {
            letGo.add(name);
            outbox.close();
        }
    }

    private Reader reading(String name) {
        return new Reader(name).offer(LARGE);
    }

    @Test
    void sendsForWhichThereIsNoRoomWaitInLineUntilOthersHaveLanded() {
        Reader first = reading("first");
        Reader second = reading("second");
        Reader third = reading("third");
        Reader fourth = reading("fourth");
        assertThat(third.sent).isZero();
        assertThat(third.outbox.sendingSince()).as("it is not to blame").isEmpty();

        second.land();
        assertThat(third.sent).isEqualTo(1);
        assertThat(fourth.sent).isZero();
        first.land();
        assertThat(fourth.sent).isEqualTo(1);
        third.land();
        fourth.land();
        assertThat(budget.held()).isZero();
    }

    @Test
    void usualFramesNeedNotWaitInLine() {
        reading("first");
        reading("second");
        assertThat(reading("third").sent).isZero();
        assertThat(new Reader("small").offer("x".repeat(4_000)).sent).isEqualTo(1);
    }

    @Test
    void whatWaitsBehindASendInLineIsSentInOrder() {
        Reader first = new Reader("first").offer("x".repeat(25_000));
        Reader second = new Reader("second").offer(LARGE).offer("y");
        assertThat(second.sent).isZero();
        first.land();
        second.land();
        assertThat(second.sent).isEqualTo(2);
    }

    @Test
    void aLoneSendMayGoHoweverLargeItIs() {
        Reader huge = new Reader("huge").offer("x".repeat(10 * LIMIT));
        Reader next = new Reader("next").offer("x".repeat(10 * LIMIT));
        assertThat(huge.sent).isEqualTo(1);
        assertThat(next.sent).isZero();
        huge.land();
        assertThat(next.sent).isEqualTo(1);
    }

    @Test
    void whileAnyWaitReadersThatAreSlowAreLetGoTheLongestFirstAndNoMoreThanNeeded() {
        reading("slowest");
        timer.advanceMillis(10);
        reading("slow");
        Reader waiting = reading("waiting");
        timer.advanceMillis(990);
        assertThat(letGo).isEmpty();
        timer.advanceMillis(500);
        assertThat(letGo).containsExactly("slowest");
        assertThat(waiting.sent).isEqualTo(1);
    }

    @Test
    void readersAreNotLetGoWhileNoneWaits() {
        reading("slow");
        reading("slow too");
        timer.advance(Duration.ofSeconds(9));
        assertThat(letGo).isEmpty();
    }

    @Test
    void aReaderWhoseSendsLandIsNotLetGoWhenTheSumIsPassed() {
        Reader busy = new Reader("busy");
        for (int i = 0; i < 12; i++) {
            busy.offer(LARGE);
        }
        for (int i = 0; i < 12; i++) {
            timer.advanceMillis(900);
            busy.land();
        }
        assertThat(letGo).isEmpty();
        assertThat(busy.sent).isEqualTo(12);
    }

    @Test
    void aReaderThatIsSlowIsLetGoWhenTheSumIsPassed() {
        Reader slow = new Reader("slow");
        for (int i = 0; i < 12; i++) {
            slow.offer(LARGE);
        }
        timer.advanceMillis(1_250);
        assertThat(letGo).containsExactly("slow");
        assertThat(budget.held()).isZero();
    }

    @Test
    void pastTwiceTheSumTheLongestIsLetGoAtOnce() {
        reading("longest");
        timer.advanceMillis(10);
        Reader flooded = new Reader("flooded");
        for (int i = 0; i < 18; i++) {
            flooded.offer(LARGE);
        }
        timer.advanceMillis(0);
        assertThat(letGo).containsExactly("longest");
        timer.advanceMillis(0);
        flooded.offer(LARGE).offer(LARGE).offer(LARGE);
        timer.advanceMillis(0);
        assertThat(letGo).containsExactly("longest", "flooded");
    }

    @Test
    void whoeverWasToldThatThereIsNoRoomForAllIsToldOnceWhenThereIs() {
        Reader full = new Reader("full");
        for (int i = 0; i < 8; i++) {
            full.offer(LARGE);
        }
        Reader asking = new Reader("asking");
        assertThat(asking.outbox.hasRoom()).isFalse();
        while (full.sent < 8) {
            full.land();
        }
        assertThat(woken).containsExactly("asking");
        assertThat(asking.outbox.hasRoom()).isTrue();
    }

    @Test
    void whoeverWaitsForRoomGetsItOfAReaderThatIsSlow() {
        Reader slow = new Reader("slow");
        for (int i = 0; i < 8; i++) {
            slow.offer(LARGE);
        }
        assertThat(new Reader("asking").outbox.hasRoom()).isFalse();
        timer.advanceMillis(1_250);
        assertThat(letGo).containsExactly("slow");
        assertThat(woken).containsExactly("asking");
    }

    @Test
    void theTextOfABroadcastIsHeldOnce() {
        Message broadcast = new Message.Signalled(
                new SessionId("from"),
                new Source(new Epoch("epoch"), 1),
                new Signal(Signal.Kind.MESSAGE, null, "\"text\":\"" + LARGE + "\""));
        List<Reader> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Reader reader = new Reader("reader").offer("under way");
            reader.outbox.offer(Unsent.of(new ServerEvent.Delivery(new SessionId("s" + i), 1, broadcast)));
            readers.add(reader);
        }
        assertThat(budget.held()).isBetween(10_000L, 25_000L);
        readers.forEach(reader -> reader.outbox.close());
        assertThat(budget.held()).isZero();
    }

    @Test
    void whatAClosedOutboxHeldOrWaitedForIsFreeAgain() {
        Reader first = reading("first").offer(LARGE);
        reading("second");
        Reader third = reading("third");
        Reader fourth = reading("fourth");
        third.outbox.close();
        first.outbox.close();
        assertThat(third.sent).isZero();
        assertThat(fourth.sent).as("the turn of the third is passed on").isEqualTo(1);
        first.land();
        assertThat(budget.held()).as("two sends are under way").isEqualTo(40_000);
    }

    @Test
    void manyThreadsSendAllInLittleRoom() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        SendBudget little = new SendBudget(50_000, new StillTimer());
        int count = 2_000;
        int outboxes = 8;
        CountDownLatch done = new CountDownLatch(count * outboxes);
        try {
            for (int i = 0; i < outboxes; i++) {
                FakeOwner owner = new FakeOwner(
                        failure -> {
                            throw new AssertionError(failure);
                        },
                        () -> {});
                Outbox outbox = owner.own(new Outbox(
                        (text, whenSent) -> {
                            executor.execute(() -> {
                                whenSent.onResult(new SendResult());
                                done.countDown();
                            });
                        },
                        new Backlog.Bounds(0, Integer.MAX_VALUE),
                        little,
                        owner));
                executor.execute(() -> {
                    for (int k = 0; k < count; k++) {
                        outbox.offer(Unsent.of(k % 3 == 0 ? "small" : LARGE));
                    }
                });
            }
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            executor.shutdown();
            assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(little.held()).isZero();
    }
}
