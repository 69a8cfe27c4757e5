package tokenly.tool.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.session.FakeTimer;

/** When each fault lets what pass, to the microsecond. */
class ToxicStageTest {

    private final FakeTimer timer = new FakeTimer();
    private final LoopTimer clock = new LoopTimer() {
        @Override
        public Duration now() {
            return timer.now();
        }

        @Override
        public Task after(Duration delay, Runnable task) {
            return timer.after(delay, task)::cancel;
        }
    };
    private final List<String> out = new ArrayList<>();
    private final List<Duration> cuts = new ArrayList<>();

    @Test
    void latencyDelaysEachPieceByItselfAndIsNoThrottle() {
        ToxicStage stage = stage("latency=100ms");
        send(stage, "a");
        timer.advanceMillis(30);
        send(stage, "b");
        send(stage, "c");
        stage.accept(Item.Mark.END);

        timer.advanceMillis(69);
        assertThat(out).isEmpty();
        timer.advanceMillis(1);
        assertThat(out).containsExactly("100 a");
        timer.advanceMillis(30);
        assertThat(out).containsExactly("100 a", "130 b", "130 c", "130 END");
    }

    @Test
    void jitterStaysInItsRangeAndKeepsTheOrder() {
        ToxicStage stage = stage("latency=100ms,jitter=20ms");
        for (int i = 0; i < 200; i++) {
            send(stage, "x" + i);
            timer.advanceMillis(50); // more than the jitter's range, so each time is the piece's own
        }
        timer.advanceMillis(1000);
        assertThat(out.stream().map(line -> line.replaceAll(".* x", "")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(String::valueOf).toList());
        List<Long> delays = IntStream.range(0, 200)
                .mapToObj(i -> Long.parseLong(out.get(i).replaceAll(" .*", "")) - 50L * i)
                .toList();
        assertThat(delays).allSatisfy(delay -> assertThat(delay).isBetween(80L, 120L));
        assertThat(delays.stream().distinct().count()).isGreaterThan(20);
    }

    @Test
    void jitterNeverLetsALaterPieceOvertake() {
        ToxicStage stage = stage("latency=100ms,jitter=100ms");
        IntStream.range(0, 100).forEach(i -> send(stage, String.valueOf(i)));
        timer.advanceMillis(200);
        assertThat(out.stream().map(line -> line.replaceAll(".* ", "")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }

    @Test
    void theSameSeedMakesTheSameJitter() {
        Fault fault = Fault.parse("latency=100ms,jitter=20ms");
        List<Duration> first = delays(fault, 7);
        assertThat(delays(fault, 7)).isEqualTo(first);
        assertThat(delays(fault, 8)).isNotEqualTo(first);
    }

    private static List<Duration> delays(Fault fault, long seed) {
        Toxic toxic = fault.toxic(new SplittableRandom(seed));
        return IntStream.range(0, 10)
                .mapToObj(i -> toxic.leavesAt(Duration.ZERO, 1))
                .toList();
    }

    @Test
    void timeoutOfZeroHoldsEverythingForever() {
        ToxicStage stage = stage("timeout=0");
        send(stage, "a");
        stage.accept(Item.Mark.END);
        timer.advance(Duration.ofDays(1000));
        assertThat(out).isEmpty();
        assertThat(cuts).isEmpty();
        assertThat(stage.takeOut()).hasSize(2);
    }

    @Test
    void timeoutCutsAfterItsTimeWhetherOrNotAnythingCame() {
        stage("timeout=2s");
        timer.advanceMillis(1_999);
        assertThat(cuts).isEmpty();
        timer.advanceMillis(1);
        assertThat(cuts).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void resetPeerLetsPassAndThenCuts() {
        ToxicStage stage = stage("reset_peer=2s");
        send(stage, "a");
        timer.advanceMillis(2_000);
        assertThat(out).containsExactly("0 a");
        assertThat(cuts).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void aFaultThatIsTakenOutCutsNothingAndLetsNothingPass() {
        ToxicStage stage = stage("timeout=2s");
        send(stage, "a");
        assertThat(stage.takeOut()).hasSize(1);
        send(stage, "b");
        timer.advanceMillis(5_000);
        assertThat(cuts).isEmpty();
        assertThat(out).isEmpty();
    }

    @Test
    void whatLatencyHeldComesOutInOrderWhenItIsTakenOut() {
        ToxicStage stage = stage("latency=100ms");
        send(stage, "a");
        send(stage, "b");
        assertThat(stage.takeOut().stream().map(ToxicStageTest::text)).containsExactly("a", "b");
        timer.advanceMillis(1000);
        assertThat(out).isEmpty();
    }

    @Test
    void slowCloseDelaysTheEndAlone() {
        ToxicStage stage = stage("slow_close=2s");
        send(stage, "a");
        stage.accept(Item.Mark.END);
        timer.advanceMillis(1_999);
        assertThat(out).containsExactly("0 a");
        timer.advanceMillis(1);
        assertThat(out).containsExactly("0 a", "2000 END");
    }

    @Test
    void bandwidthTricklesInPiecesOfAFiftiethOfASecond() {
        ToxicStage stage = stage("bandwidth=100b");
        send(stage, "abcdef");
        timer.advanceMillis(60);
        assertThat(out).containsExactly("20 ab", "40 cd", "60 ef");

        timer.advanceMillis(940);
        send(stage, "gh");
        timer.advanceMillis(20);
        assertThat(out).as("an idle line saves nothing up").endsWith("1020 gh");
    }

    @Test
    void aVerySlowLinePassesByteByByte() {
        ToxicStage stage = stage("bandwidth=1b");
        send(stage, "ab");
        timer.advanceMillis(2_000);
        assertThat(out).containsExactly("1000 a", "2000 b");
    }

    @Test
    void slicerCutsIntoPiecesThatAreDelayApart() {
        ToxicStage stage = stage("slicer=2,delay=10ms");
        send(stage, "abcde");
        stage.accept(Item.Mark.END);
        timer.advanceMillis(100);
        assertThat(out).containsExactly("0 ab", "10 cd", "20 e", "30 END");
    }

    @Test
    void slicerVariesItsPiecesWithinTheRange() {
        ToxicStage stage = stage("slicer=10,variation=5");
        send(stage, "x".repeat(10_000));
        List<Integer> sizes =
                out.stream().map(line -> line.length() - "0 ".length()).toList();
        assertThat(sizes.subList(0, sizes.size() - 1))
                .allSatisfy(size -> assertThat(size).isBetween(5, 15))
                .contains(5, 15);
        assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(10_000);
    }

    @Test
    void limitDataClosesRightAfterItsLastByte() {
        ToxicStage stage = stage("limit_data=3");
        send(stage, "ab");
        assertThat(out).containsExactly("0 ab");
        send(stage, "cd");
        send(stage, "ef");
        assertThat(out).containsExactly("0 ab", "0 c", "0 CLOSE");
    }

    @Test
    void limitDataOfZeroClosesAtOnce() {
        stage("limit_data=0");
        assertThat(out).containsExactly("0 CLOSE");
    }

    @Test
    void theRoomOfASlicedPieceIsFreeOnlyWhenItsLastByteIsOut() {
        List<Integer> charges = new ArrayList<>();
        Fault fault = Fault.parse("slicer=2");
        ToxicStage stage = new ToxicStage(
                fault,
                fault.toxic(new SplittableRandom(1)),
                clock,
                item -> charges.add(((Item.Bytes) item).charge()),
                () -> {});
        stage.accept(bytes("abcde", 100));
        assertThat(charges).containsExactly(0, 0, 100);
    }

    private ToxicStage stage(String expression) {
        Fault fault = Fault.parse(expression);
        ToxicStage stage = new ToxicStage(
                fault,
                fault.toxic(new SplittableRandom(1)),
                clock,
                item -> out.add(timer.now().toMillis() + " " + text(item)),
                () -> cuts.add(timer.now()));
        stage.start();
        return stage;
    }

    private static void send(ToxicStage stage, String text) {
        stage.accept(bytes(text, 0));
    }

    private static Item bytes(String text, int charge) {
        return new Item.Bytes(US_ASCII.encode(text), charge);
    }

    private static String text(Item item) {
        return item instanceof Item.Bytes bytes
                ? US_ASCII.decode(bytes.buffer().duplicate()).toString()
                : item.toString();
    }
}
