package tokenly.tool.verify;

import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.schedule.FaultEvent;

/**
 * How far a run is.
 *
 * @param faults under way
 * @param pending signals whose fate is not known yet
 */
public record Progress(History history, Supplier<List<FaultEvent>> faults, IntSupplier pending) {

    public Duration elapsed() {
        return Duration.ofNanos(history.nowMicros() * 1_000);
    }
}
