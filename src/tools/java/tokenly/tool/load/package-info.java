/**
 * Puts load on a server; each run gives a {@link tokenly.tool.load.Report}. Two kinds of runs:
 *
 * <p>A {@link tokenly.tool.load.BenchRun} measures a {@link tokenly.tool.load.Benchmark} once for each {@link
 * tokenly.tool.load.ServerUnderTest} and round, in turns, so that the machine's noise hits all alike. Each time gives a {@link
 * tokenly.tool.load.Sample}.
 *
 * <p>A {@link tokenly.tool.load.ConnectionsRun} says whether a server behaves. A {@link tokenly.tool.load.ConnectionFleet} of
 * {@link tokenly.tool.load.LoadSession}s, one session and one connection each, goes through {@link
 * tokenly.tool.load.PhaseRun}s, and each of these becomes a {@link tokenly.tool.load.Phase} of the report.
 */
@NullMarked
package tokenly.tool.load;

import org.jspecify.annotations.NullMarked;
