package tokenly.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tokenly.tool.Polling;
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.ServerKind;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;
import tokenly.tool.text.Language;

/** Every workload, small, on real servers: what is counted must add up; how fast it was says nothing here. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkloadsIT {

    private static final PairPlan PAIRS = new PairPlan(2, 200, Duration.ZERO, Duration.ofSeconds(1));

    private static TokenlyServer tokenly;
    private static TokenlyServer plain;

    @BeforeAll
    static void start() {
        tokenly = TokenlyServer.of(
                ServerKind.JETTY, Map.of("TOKENLY_STORE", "journal", "TOKENLY_GATEWAYS", TokenlyServer.LOOPBACK));
        plain = TokenlyServer.of(ServerKind.PLAIN_RELAY, Map.of());
        tokenly.launch(); // while the other one starts, too
        plain.start();
        tokenly.awaitServed();
    }

    @AfterAll
    static void stop() {
        tokenly.close();
        plain.close();
    }

    private static Sample measure(Benchmark benchmark, ServerUnderTest subject)
            throws IOException, InterruptedException {
        return benchmark.measure(
                Target.of(subject, subject == ServerUnderTest.PLAIN ? plain : tokenly), benchmark.name(), stage -> {});
    }

    @Test
    void relayedMessagesArriveInOrderAtBoth() throws Exception {
        for (ServerUnderTest subject : new ServerUnderTest[] {ServerUnderTest.PLAIN, ServerUnderTest.TOKENLY}) {
            Sample sample = measure(new RelayBenchmark(PAIRS, 4), subject);
            assertThat(sample.faults()).as(subject.key()).isEmpty();
            assertThat(sample.figures())
                    .containsOnlyKeys(
                            Figure.MESSAGES_PER_SECOND,
                            Figure.SERVER_CPU_SECONDS,
                            Figure.GENERATOR_CPU_SECONDS,
                            Figure.P50_MICROS,
                            Figure.P99_MICROS,
                            Figure.P999_MICROS)
                    .allSatisfy((figure, value) ->
                            assertThat(value).as(figure.key()).isNotNegative());
            assertThat(sample.figures().get(Figure.MESSAGES_PER_SECOND)).isPositive();
        }
        assertThat(Polling.until(
                        Duration.ofSeconds(10), () -> StatusProbe.of(tokenly).activeSessions() == 0))
                .as("all have left")
                .isTrue();
    }

    @Test
    void theRateIsKeptAtBoth() throws Exception {
        for (ServerUnderTest subject : new ServerUnderTest[] {ServerUnderTest.PLAIN, ServerUnderTest.TOKENLY}) {
            Sample sample = measure(new LatencyBenchmark(PAIRS, 100), subject);
            assertThat(sample.faults()).as(subject.key()).isEmpty();
            assertThat(sample.figures()).containsKeys(Figure.P50_MICROS, Figure.LATE_P99_MICROS);
        }
    }

    @Test
    void aCrowdGetsWhatItMissed() throws Exception {
        assertThat(measure(new StormBenchmark(30, 0), ServerUnderTest.PLAIN).faults())
                .isEmpty();
        Sample sample = measure(new StormBenchmark(30, 5), ServerUnderTest.TOKENLY);
        assertThat(sample.faults()).isEmpty();
        assertThat(sample.figures().get(Figure.RETURNS_PER_SECOND)).isPositive();
    }

    @Test
    void idleSessionsAreWeighedConnectedAndWaiting() throws Exception {
        Target there = new Target(
                ServerUnderTest.TOKENLY,
                tokenly.rtc(),
                OptionalLong.of(tokenly.pid()),
                Optional.empty(),
                AccessToken.NONE);
        Sample sample = new IdleBenchmark(300).measure(there, "it-idle", stage -> {});
        assertThat(sample.faults()).isEmpty();
        assertThat(sample.figures()).containsKeys(Figure.CONNECTED_HEAP_BYTES, Figure.WAITING_HEAP_BYTES);
        assertThat(sample.figures().get(Figure.WAITING_HEAP_BYTES))
                .isBetween(0.0, sample.figures().get(Figure.CONNECTED_HEAP_BYTES));
    }

    /** The first: it counts sessions, and those that others leave behind expire one after the other. */
    @Test
    @Order(0)
    void connectionsComeAndGo() throws Exception {
        ConnectionsPlan plan = new ConnectionsPlan(tokenly.rtc(), 20, 2, "it", AccessToken.NONE);
        assertThat(ConnectionsRun.of(plan, phase -> {}).problems(Language.EN)).isEmpty();
    }

    /** The last: it leaves sessions behind. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aKilledServerHasAllSessionsAgain() throws Exception {
        RestartBenchmark benchmark = new RestartBenchmark(40, 4);
        Sample sample = measure(benchmark, ServerUnderTest.TOKENLY);
        assertThat(sample.faults()).isEmpty();
        assertThat(sample.figures().get(Figure.START_SECONDS)).isPositive();
        assertThat(StatusProbe.of(tokenly).activeSessions()).isEqualTo(8);
    }
}
