package tokenly.tool.load.bench;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/** Something that can be measured of each contender. */
public interface Benchmark {

    /** Its name in the report. */
    String name();

    /** What it was told, by the names of the options. */
    Map<String, Integer> settings();

    /** Settings of the server that it needs beyond the usual ones, in the form of the environment. */
    Map<String, String> serverSettings();

    /**
     * Measures once, and leaves nothing behind at the server if that behaves.
     *
     * @param run names this round's sessions and rooms
     * @param stage is told of each stage as it begins
     * @throws IOException if the server lets nobody in
     */
    Sample measure(Target target, String run, Consumer<Stage> stage) throws IOException, InterruptedException;
}
