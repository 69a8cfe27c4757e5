package tokenly.tool.load.bench;

import java.time.Duration;

/**
 * Where a run is.
 *
 * @param round from 1; 0 while servers start
 * @param since when this stage began, on the run's own clock
 */
public record Step(Contender contender, int round, Stage stage, Duration since) {}
