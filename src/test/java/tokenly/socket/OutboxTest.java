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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.session.FakeTimer;

class OutboxTest {

    private final FakeTimer timer = new FakeTimer();
    private final List<String> sent = new ArrayList<>();
    private final Queue<SendHandler> underWay = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final Outbox outbox = outbox(this::send, new Backlog.Bounds(0, 10), () -> {});

    private Outbox outbox(Outbox.Sender sender, Backlog.Bounds bounds, Runnable onRoom) {
        FakeOwner owner = new FakeOwner(failures::add, onRoom);
        return owner.own(new Outbox(sender, bounds, new SendBudget(1 << 30, timer), owner));
    }

    private void send(String text, SendHandler whenSent) {
        sent.add(text);
        underWay.add(whenSent);
    }

    @Test
    void oneSendIsUnderWayAtATimeAndTheOrderIsKept() {
        outbox.offer(Unsent.of("a"));
        outbox.offer(Unsent.of("b"));
        outbox.offer(Unsent.of("c"));
        assertThat(sent).containsExactly("a");

        underWay.remove().onResult(new SendResult());
        assertThat(sent).containsExactly("a", "b");
        underWay.remove().onResult(new SendResult());
        underWay.remove().onResult(new SendResult());

        assertThat(sent).containsExactly("a", "b", "c");
        assertThat(outbox.sendingSince()).isEmpty();
    }

    @Test
    void whatWaitsGoesTogetherAsFarAsItMayAndInOrder() {
        Outbox batching = outbox(this::send, new Backlog.Bounds(7, 20), () -> {});
        batching.offer(Unsent.of("a"), Unsent.of("b"));
        batching.offer(Unsent.of("cdef"));
        batching.offer(Unsent.of("방"));
        batching.offer(Unsent.of("longer"));
        assertThat(sent).containsExactly("a\u001eb");
        assertThat(batching.offer(Unsent.of("12345"))).as("15 bytes are unsent").isTrue();
        assertThat(batching.offer(Unsent.of("6"))).isFalse();

        underWay.remove().onResult(new SendResult());
        assertThat(sent).last().isEqualTo("cdef");
        underWay.remove().onResult(new SendResult());
        assertThat(sent).last().isEqualTo("방");
        assertThat(batching.offer(Unsent.of("x")))
                .as("with the separator, 7 bytes")
                .isTrue();
        assertThat(batching.offer(Unsent.of("y"))).isTrue();
        underWay.remove().onResult(new SendResult());
        underWay.remove().onResult(new SendResult());
        assertThat(sent).last().isEqualTo("12345\u001ex");
        underWay.remove().onResult(new SendResult());
        assertThat(sent).last().isEqualTo("y");

        underWay.remove().onResult(new SendResult());
        assertThat(batching.sendingSince()).isEmpty();
        assertThat(batching.offer(Unsent.of("12345678901234567890"))).isTrue();
    }

    @Test
    void theBoundCountsBytesAndTheSendUnderWay() {
        assertThat(outbox.offer(Unsent.of("방방"))).isTrue(); // 6 bytes, under way
        assertThat(outbox.offer(Unsent.of("1234"))).isTrue(); // 10
        assertThat(outbox.offer(Unsent.of("5"))).isFalse();

        underWay.remove().onResult(new SendResult());

        assertThat(outbox.offer(Unsent.of("123456"))).isTrue();
        assertThat(outbox.offer(Unsent.of("7"))).isFalse();
    }

    @Test
    void aFrameAboveTheBoundStillPassesAlone() {
        assertThat(outbox.offer(Unsent.of("12345678901"))).isTrue();
        assertThat(sent).hasSize(1);
    }

    @Test
    void knowsSinceWhenASendIsUnderWay() {
        outbox.offer(Unsent.of("a"));
        outbox.offer(Unsent.of("b"));
        timer.advanceMillis(500);
        assertThat(outbox.sendingSince()).contains(Duration.ZERO);
        underWay.remove().onResult(new SendResult());
        assertThat(outbox.sendingSince()).contains(Duration.ofMillis(500));
    }

    @Test
    void aFailureIsReportedOnceAndEndsIt() {
        outbox.offer(Unsent.of("a"));
        outbox.offer(Unsent.of("b"));
        underWay.remove().onResult(new SendResult(new IllegalStateException("broken pipe")));

        assertThat(outbox.offer(Unsent.of("c"))).as("taken, and dropped").isTrue();
        assertThat(sent).containsExactly("a");
        assertThat(failures).hasSize(1);
    }

    @Test
    void aSenderThatThrowsIsAFailureToo() {
        Outbox broken = outbox(
                (text, whenSent) -> {
                    throw new IllegalStateException("closed");
                },
                new Backlog.Bounds(0, 10),
                () -> {});
        broken.offer(Unsent.of("a"));
        assertThat(failures).hasSize(1);
    }

    @Test
    void aSenderThatIsDoneAtOnceMayServeALongQueue() {
        List<String> all = new ArrayList<>();
        Outbox large = outbox(
                (text, whenSent) -> {
                    if (all.isEmpty()) {
                        underWay.add(whenSent); // the first hangs, so that a queue forms
                    } else {
                        whenSent.onResult(new SendResult());
                    }
                    all.add(text);
                },
                new Backlog.Bounds(0, 10_000_000),
                () -> {});
        List<String> texts =
                IntStream.range(0, 100_000).mapToObj(String::valueOf).toList();
        texts.forEach(text -> large.offer(Unsent.of(text)));

        underWay.remove().onResult(new SendResult());

        assertThat(all).isEqualTo(texts);
    }

    @Test
    void handlersOnOtherThreadsKeepTheOrderAndSendAll() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        int count = 20_000;
        CountDownLatch done = new CountDownLatch(count);
        List<String> all = new ArrayList<>(); // not thread-safe: two sends at once would lose some
        Outbox shared = outbox(
                (text, whenSent) -> {
                    all.add(text);
                    done.countDown();
                    executor.execute(() -> whenSent.onResult(new SendResult()));
                },
                new Backlog.Bounds(0, 100_000_000),
                () -> {});
        try {
            List<String> texts =
                    IntStream.range(0, count).mapToObj(String::valueOf).toList();
            texts.forEach(text -> shared.offer(Unsent.of(text)));
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(all).isEqualTo(texts);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whoeverWasToldThatThereIsNoRoomIsToldOnceWhenThereIs() {
        AtomicInteger calls = new AtomicInteger();
        Outbox bounded = outbox(this::send, new Backlog.Bounds(0, 80), calls::incrementAndGet);
        bounded.offer(Unsent.of("x".repeat(20)));
        assertThat(bounded.hasRoom()).as("a quarter of the bound").isTrue();
        bounded.offer(Unsent.of("y"));
        assertThat(bounded.hasRoom()).isFalse();

        underWay.remove().onResult(new SendResult());
        underWay.remove().onResult(new SendResult());

        assertThat(calls).hasValue(1);
        bounded.offer(Unsent.of("z".repeat(60)));
        underWay.remove().onResult(new SendResult());
        assertThat(calls).as("nobody asked").hasValue(1);
    }

    @Test
    void whatIsToHappenOnceAllIsSentHappensThen() {
        AtomicInteger calls = new AtomicInteger();
        outbox.offer(Unsent.of("1"));
        outbox.offer(Unsent.of("2"));
        outbox.whenSent(calls::incrementAndGet);
        underWay.remove().onResult(new SendResult());
        assertThat(calls).hasValue(0);
        underWay.remove().onResult(new SendResult());
        assertThat(calls).hasValue(1);

        outbox.whenSent(calls::incrementAndGet);
        assertThat(calls).as("at once, since nothing is unsent").hasValue(2);
    }
}
