package tokenly.tool.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A TCP proxy between clients and one server that can be told to behave badly while it runs. What is asked of it is in
 * force, for old connections and new ones, when the call returns. Thread-safe. It is no part of the server, and knows
 * nothing of what the bytes mean, but for {@link #closeWebSockets}.
 */
public final class FaultProxy implements AutoCloseable {

    /** Read at once from one socket; bytes. */
    private static final int READ_SIZE = 64 * 1024;

    private final Loop loop;
    private final InetSocketAddress target;
    private final long seed;
    private final ProxyEvents events;
    private final Acceptor acceptor;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(READ_SIZE);

    // These are the loop's.
    private final Map<String, Fault> faults = new LinkedHashMap<>();
    private final Set<Relay> relays = new LinkedHashSet<>();
    private long total;
    private Traffic upstreamOfClosed = Traffic.NONE;
    private Traffic downstreamOfClosed = Traffic.NONE;

    private FaultProxy(Loop loop, InetSocketAddress listen, InetSocketAddress target, long seed, ProxyEvents events)
            throws IOException {
        this.loop = loop;
        this.target = target;
        this.seed = seed;
        this.events = events;
        this.acceptor = new Acceptor(loop, listen, this::accept, this::acceptFailed);
    }

    /**
     * Starts a proxy on the loopback without any fault.
     *
     * @param listenPort 0 takes a free one
     * @throws IOException if the port is taken
     */
    public static FaultProxy start(int listenPort, InetSocketAddress target) throws IOException {
        InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), listenPort);
        return start(listen, target, 0, new ProxyEvents() {});
    }

    /**
     * Starts a proxy without any fault.
     *
     * @param target where each connection is led; no server needs to listen there yet
     * @param seed of every random decision: the same seed does the same to the n-th connection
     * @throws IOException if the port is taken or the address is not ours
     */
    public static FaultProxy start(InetSocketAddress listen, InetSocketAddress target, long seed, ProxyEvents events)
            throws IOException {
        Loop loop = new Loop("fault-proxy");
        try {
            return loop.call(() -> {
                try {
                    return new FaultProxy(loop, listen, target, seed, events);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (UncheckedIOException failed) {
            loop.close();
            throw Objects.requireNonNull(failed.getCause());
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return acceptor.address();
    }

    /** The port where it listens. */
    public int port() {
        return address().getPort();
    }

    /** Where it leads. */
    public InetSocketAddress target() {
        return target;
    }

    /** Puts a fault in force, instead of the one of the same name if there is one. */
    public void add(Fault fault) {
        run(() -> {
            Fault old = faults.get(fault.name());
            if (fault.equals(old)) {
                return;
            }
            if (old != null && old.kind() == ToxicKind.DOWN) {
                remove(old.name());
            }
            if (fault.kind() == ToxicKind.DOWN) {
                acceptor.shut();
                eachRelay(Relay::close);
            }
            eachRelay(relay -> relay.add(fault, seedOf(relay, fault)));
            faults.put(fault.name(), fault);
            events.added(fault);
        });
    }

    /** Puts a fault in force for the connections that are open now, and for the rest of their lives. */
    public void addToPresent(Fault fault) {
        run(() -> eachRelay(relay -> relay.add(fault, seedOf(relay, fault))));
    }

    /**
     * Ends a fault. What it held goes on, in order.
     *
     * @return whether there was one of that name
     * @throws UncheckedIOException if the fault is {@code down} and another program has taken the port meanwhile
     */
    public boolean remove(String name) {
        return loop.call(() -> {
            Fault fault = faults.get(name);
            if (fault == null) {
                return false;
            }
            if (fault.kind() == ToxicKind.DOWN && countOfDown() == 1) {
                acceptor.open();
            }
            faults.remove(name);
            eachRelay(relay -> relay.remove(name));
            events.removed(fault);
            return true;
        });
    }

    private long countOfDown() {
        return faults.values().stream()
                .filter(fault -> fault.kind() == ToxicKind.DOWN)
                .count();
    }

    /** Ends all faults. */
    public void clear() {
        faults().forEach(fault -> remove(fault.name()));
    }

    /** The faults in force, in the order of their coming. */
    public List<Fault> faults() {
        return loop.call(() -> List.copyOf(faults.values()));
    }

    /** Cuts every present connection with an RST to both sides. */
    public void resetAll() {
        run(() -> eachRelay(Relay::reset));
    }

    /**
     * Cuts every present connection as a proxy of WebSockets does that has lost the client, or ends: the server gets a close frame that
     * the client has not sent, the client no frame. A connection in the middle of a frame, or whose handshake is not over, ends a little later.
     *
     * @param closeCode of the close frame; without one if it is empty
     */
    public void closeWebSockets(OptionalInt closeCode) {
        byte[] frame = CloseFrame.fromClient(closeCode);
        run(() -> eachRelay(relay -> relay.endWith(frame)));
    }

    public Counters counters() {
        return loop.call(() -> {
            Traffic upstream = upstreamOfClosed;
            Traffic downstream = downstreamOfClosed;
            for (ProxiedConnection connection : open()) {
                upstream = upstream.plus(connection.upstream());
                downstream = downstream.plus(connection.downstream());
            }
            return new Counters(relays.size(), total, upstream, downstream);
        });
    }

    /** The open connections, in the order of their coming. */
    public List<ProxiedConnection> connections() {
        return loop.call(this::open);
    }

    /** Closes the port and every connection, and ends the thread. */
    @Override
    public void close() {
        loop.close();
    }

    private List<ProxiedConnection> open() {
        return relays.stream().map(Relay::connection).toList();
    }

    private void accept(SocketChannel client) {
        try {
            Relay relay = relay(client);
            total++;
            relays.add(relay);
            events.opened(relay.connection());
            List.copyOf(faults.values()).forEach(fault -> relay.add(fault, seedOf(relay, fault)));
            relay.connect(target);
        } catch (IOException failed) {
            acceptFailed(failed);
        }
    }

    private Relay relay(SocketChannel client) throws IOException {
        try {
            return new Relay(total + 1, loop, scratch, client, SocketChannel.open(), this::over);
        } catch (IOException failed) {
            client.close();
            throw failed;
        }
    }

    private void acceptFailed(IOException failed) {
        events.acceptFailed(String.valueOf(failed.getMessage()));
    }

    private void over(Relay relay, EndCause cause) {
        relays.remove(relay);
        ProxiedConnection connection = relay.connection();
        upstreamOfClosed = upstreamOfClosed.plus(connection.upstream());
        downstreamOfClosed = downstreamOfClosed.plus(connection.downstream());
        events.closed(connection, cause);
    }

    private long seedOf(Relay relay, Fault fault) {
        return Objects.hash(seed, relay.connection().id(), fault.name());
    }

    /** On a copy, because a fault may end a connection. */
    private void eachRelay(Consumer<Relay> step) {
        List.copyOf(relays).forEach(step);
    }

    private void run(Runnable work) {
        loop.call(() -> {
            work.run();
            return true;
        });
    }
}
