package tokenly.tool.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tokenly.protocol.FrameLimits;
import tokenly.tool.text.UsageException;

/**
 * What pairs do.
 *
 * @param pairs how many, 1 to 30,000
 * @param bytes of each message, as a whole frame from its sender
 * @param warmUp before anything is measured
 * @param window in which it is
 */
public record PairPlan(int pairs, int bytes, Duration warmUp, Duration window) {

    private static final int MAX_PAIRS = 30_000;
    private static final int MAX_SECONDS = 3_600;

    /** @throws UsageException if a figure is out of its range */
    public PairPlan {
        UsageException.checkRange("--pairs", pairs, 1, MAX_PAIRS);
        UsageException.checkRange("--size", bytes, 1, FrameLimits.DEFAULT_FRAME_BYTES);
        UsageException.checkRange("--warm-up", (int) warmUp.toSeconds(), 0, MAX_SECONDS);
        UsageException.checkRange("--seconds", (int) window.toSeconds(), 1, MAX_SECONDS);
    }

    /** The same by the names of the options, and one more of the workload. */
    Map<String, Integer> settings(String option, int value) {
        Map<String, Integer> settings = new LinkedHashMap<>();
        settings.put("pairs", pairs);
        settings.put("size", bytes);
        settings.put("warm_up", (int) warmUp.toSeconds());
        settings.put("seconds", (int) window.toSeconds());
        settings.put(option, value);
        return settings;
    }
}
