package tokenly.tool.load;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Something that can be measured of each subject. */
public interface Benchmark {

    /** Its name in the report. */
    String name();

    /** What it was told, by the names of the options. */
    Map<String, Integer> settings();

    /** How many connections it has open at a time. */
    int connections();

    /** Settings of the server that it needs beyond the usual ones, in the form of the environment. */
    default Map<String, String> serverSettings() {
        return Map.of();
    }

    /** Rounds of each subject that are measured before the first, and forgotten. */
    default int warmUps() {
        return 0;
    }

    /** Who takes turns, the one that Tokenly is compared with first. */
    default List<ServerUnderTest> subjects(boolean isCompared) {
        return isCompared ? List.of(ServerUnderTest.PLAIN, ServerUnderTest.TOKENLY) : List.of(ServerUnderTest.TOKENLY);
    }

    /**
     * Measures once, and leaves nothing behind at the server if that behaves.
     *
     * @param run names this round's sessions and rooms
     * @param stage is told of each stage as it begins
     * @throws IOException if the server lets no client in
     */
    Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException;
}
