package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.CapturedLog;

/**
 * Random programs against a cluster of real nodes on one thread, with a fake database and a fake network: nodes are killed, stand still,
 * leave and come back, cannot reach each other or the database, and their clients are cut off. The number of a test is its seed.
 */
@Tag("slow")
class ClusterScheduleTest {

    private static final int STEPS = 800;

    @RegisterExtension
    final CapturedLog log = new CapturedLog("tokenly");

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySignalArrivesExactlyOnceAndInOrder(int seed) {
        ClusterProgram program = run(seed, 0, 0);
        assertNothingIsWrong(program);
        assertThat(program.outcome.resets()).isEmpty();
        assertThat(program.received)
                .as(() -> program.world.notes().toString())
                .containsExactlyInAnyOrderEntriesOf(program.outcome.expected());
    }

    /** A session may begin anew here, because one of its name was ended or came from another client: its client is told what that costs. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatDoesNotArriveIsNamedWhileSessionsEndAndMove(int seed) {
        ClusterProgram program = run(seed, 10, 0);
        assertNothingIsWrong(program);
        assertThat(program.outcome.missing())
                .as(() -> program.world.notes().toString())
                .isEmpty();
    }

    /** The last records of an owner are lost if it dies in the same moment as the primary. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatAFailoverLosesIsNamedAndNeverDoubledOrMixed(int seed) {
        ClusterProgram program = run(seed, 0, 10);
        assertNothingIsWrong(program);
        assertThat(program.outcome.missing())
                .as(() -> program.world.notes().toString())
                .isEmpty();
    }

    private static ClusterProgram run(int seed, int changes, int failovers) {
        ClusterWorld world = new ClusterWorld(seed, 3);
        ClusterFaults faults = new ClusterFaults(world);
        ClusterProgram program = new ClusterProgram(world);
        program.start();
        world.beFaulty();
        int calm = 20 + world.random.nextInt(100);
        for (int step = 0; step < STEPS; step++) {
            if (world.random.nextInt(calm) == 0) {
                faults.any();
            }
            int dice = world.random.nextInt(1_000);
            if (dice < changes) {
                program.change();
            } else if (dice < changes + failovers) {
                faults.failOver();
            } else if (dice < 200) {
                program.send();
            } else if (dice < 300) {
                world.pass(Duration.ofMillis(world.random.nextInt(world.random.nextInt(10) == 0 ? 3_000 : 200)));
                program.comeBack();
            } else {
                world.step();
            }
        }
        program.settle();
        return program;
    }

    private void assertNothingIsWrong(ClusterProgram program) {
        assertThat(program.world.faults())
                .as(() -> program.world.notes().toString())
                .isEmpty();
        assertThat(program.outcome.misplaced())
                .as(() -> program.world.notes().toString())
                .isEmpty();
        assertThat(log.lines(Level.SEVERE))
                .allMatch(line -> line.startsWith("the database does not answer")
                        || line.startsWith("the store takes no records"));
    }
}
