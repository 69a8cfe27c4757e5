package tokenly.tool;

import java.net.InetSocketAddress;
import java.util.Optional;
import tokenly.tool.faults.FaultProxy;
import tokenly.tool.faults.ProxyEvents;
import tokenly.tool.text.UsageException;

/** Says what happens at a fault proxy. Thread-safe. */
interface FaultsReport extends ProxyEvents {

    /**
     * The proxy is ready.
     *
     * @param api where it can be steered over HTTP, if it can
     */
    void listening(FaultProxy proxy, long seed, Optional<InetSocketAddress> api);

    /** What is in force and what went through, on request. */
    void state(FaultProxy proxy);

    /** The user asked for what cannot be done. */
    void complain(UsageException complaint);

    /** The target takes no connections for now. */
    void unreachable(InetSocketAddress target);

    /** The state in one line that is overwritten by the next; empty for none. */
    String progress(FaultProxy proxy);
}
