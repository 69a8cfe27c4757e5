package tokenly.tool.faults;

/**
 * What went through a proxy so far.
 *
 * @param open connections now
 * @param total connections since the start
 * @param upstreamBytes written to the server, over all connections
 * @param downstreamBytes written to the clients, over all connections
 */
public record Counters(int open, long total, long upstreamBytes, long downstreamBytes) {}
