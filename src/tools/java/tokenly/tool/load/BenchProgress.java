package tokenly.tool.load;

import java.time.Duration;

/**
 * Where a run is.
 *
 * @param round from 1; less while servers start, or in rounds that warm up
 * @param since when this stage began, on the run's own clock
 */
public record BenchProgress(ServerUnderTest subject, int round, Stage stage, Duration since) {}
