package tokenly.tool.load;

import java.util.List;

/**
 * What came of one run.
 *
 * @param workload its name
 * @param phases in the order in which they happened
 */
public record Result(String workload, Plan plan, List<Phase> phases) {

    public Result {
        phases = List.copyOf(phases);
    }

    /** Whether everything was. */
    public boolean isAsExpected() {
        return phases.stream().allMatch(Phase::isAsExpected);
    }
}
