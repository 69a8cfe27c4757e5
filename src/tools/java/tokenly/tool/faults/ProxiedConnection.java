package tokenly.tool.faults;

import java.net.InetSocketAddress;

/**
 * One connection through the proxy, as it was at one moment.
 *
 * @param id counted from 1
 */
public record ProxiedConnection(long id, InetSocketAddress client, Traffic upstream, Traffic downstream) {}
