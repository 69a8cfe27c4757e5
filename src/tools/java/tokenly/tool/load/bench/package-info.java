/**
 * Measures what a server does, and the same of a plain relay for comparison: a {@link tokenly.tool.load.bench.Benchmark} is
 * what is measured, once for each {@link tokenly.tool.load.bench.ServerUnderTest} and round, in turns, so that the machine's noise
 * hits all alike. Each time gives a {@link tokenly.tool.load.bench.Sample}, all of them a {@link
 * tokenly.tool.load.bench.Report}.
 */
@NullMarked
package tokenly.tool.load.bench;

import org.jspecify.annotations.NullMarked;
