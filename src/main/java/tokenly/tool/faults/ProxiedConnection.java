package tokenly.tool.faults;

import java.net.InetSocketAddress;

/**
 * One connection through the proxy, as it was at one moment.
 *
 * @param id counted from 1
 * @param upstreamBytes written to the server so far
 * @param downstreamBytes written to the client so far
 */
public record ProxiedConnection(long id, InetSocketAddress client, long upstreamBytes, long downstreamBytes) {

    ProxiedConnection withBytes(long up, long down) {
        return new ProxiedConnection(id, client, up, down);
    }
}
