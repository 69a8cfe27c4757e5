package tokenly.tool.faults;

/**
 * What went through a proxy so far.
 *
 * @param open connections now
 * @param total connections since the start
 * @param upstream over all connections
 * @param downstream over all connections
 */
public record Counters(int open, long total, Traffic upstream, Traffic downstream) {}
