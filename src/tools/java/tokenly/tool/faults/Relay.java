package tokenly.tool.faults;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy: the client's socket, the server's, and a {@link Pipe} each way. For the loop's thread. */
final class Relay {

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());

    /**
     * How long a connection is kept of which both ends have closed while a fault holds back what they sent. An operating
     * system gives up such sockets after about the same time (Linux: tcp_fin_timeout, 60 s).
     */
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(60);

    private final long id;
    private final InetSocketAddress address;
    private final LoopTimer timer;
    private final ByteBuffer scratch;
    private final BiConsumer<Relay, EndCause> whenOver;
    private final ConnectionEnd client;
    private final ConnectionEnd server;
    private final Pipe upstream;
    private final Pipe downstream;
    private LoopTimer.@Nullable Task orphaned;
    private boolean isConnected;
    private boolean isOver;

    /**
     * Takes over both channels; {@link #connect} comes next.
     *
     * @param scratch to read into, shared by all relays of the loop
     */
    Relay(
            long id,
            Loop loop,
            ByteBuffer scratch,
            SocketChannel clientChannel,
            SocketChannel serverChannel,
            BiConsumer<Relay, EndCause> whenOver)
            throws IOException {
        this.id = id;
        this.address = (InetSocketAddress) clientChannel.getRemoteAddress();
        this.timer = loop;
        this.scratch = scratch;
        this.whenOver = whenOver;
        this.client = new ConnectionEnd(clientChannel, loop, this::clientIsReady);
        this.server = new ConnectionEnd(serverChannel, loop, this::serverIsReady);
        this.upstream = new Pipe(this, loop, client, server);
        this.downstream = new Pipe(this, loop, server, client);
    }

    ProxiedConnection connection() {
        return new ProxiedConnection(id, address, upstream.traffic(), downstream.traffic());
    }

    boolean isOver() {
        return isOver;
    }

    /** Begins to connect to {@code target}. Until that is done nothing is read from the client. */
    void connect(InetSocketAddress target) {
        try {
            if (server.channel().connect(target)) {
                connected();
            } else {
                server.want(SelectionKey.OP_CONNECT);
            }
        } catch (IOException refused) {
            unreachable(refused);
        }
    }

    private void serverIsReady() {
        if (!isConnected && server.isReady(SelectionKey.OP_CONNECT)) {
            try {
                if (server.channel().finishConnect()) {
                    connected();
                }
            } catch (IOException refused) {
                unreachable(refused);
            }
            return;
        }
        move(server, downstream, upstream);
    }

    private void clientIsReady() {
        move(client, upstream, downstream);
    }

    private void move(ConnectionEnd end, Pipe from, Pipe to) {
        if (end.isReady(SelectionKey.OP_WRITE)) {
            to.write();
        }
        if (end.isReady(SelectionKey.OP_READ) && from.wantsToRead()) {
            from.read(scratch);
        }
        settle();
    }

    private void connected() {
        isConnected = true;
        settle();
    }

    /** As near as one can come to a refused connection, once the client's own has been accepted. */
    private void unreachable(IOException refused) {
        LOG.log(Level.DEBUG, "the target is not reached", refused);
        over(Stream.DOWNSTREAM, EndCause.UNREACHABLE);
    }

    /** Waits for what each socket can do next; after every step that may have changed that. */
    void settle() {
        if (isOver || !isConnected) {
            return;
        }
        client.want(interest(upstream, downstream));
        server.want(interest(downstream, upstream));
        if (orphaned == null && upstream.isSourceOver() && downstream.isSourceOver()) {
            orphaned = timer.after(ORPHAN_LIMIT, () -> over(Stream.BOTH, EndCause.ENDED));
        }
    }

    private static int interest(Pipe from, Pipe to) {
        return (from.wantsToRead() ? SelectionKey.OP_READ : 0) | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
    }

    /**
     * Puts {@code fault} into the flows that it is about.
     *
     * @param seed of its random decisions on this connection
     */
    void add(Fault fault, long seed) {
        add(fault, seed, Stream.UPSTREAM, upstream);
        add(fault, seed + 1, Stream.DOWNSTREAM, downstream);
        settle();
    }

    private void add(Fault fault, long seed, Stream direction, Pipe pipe) {
        if (isOver) {
            return;
        }
        if (fault.stream().covers(direction)) {
            pipe.add(fault, fault.toxic(new SplittableRandom(seed)));
        } else {
            pipe.remove(fault.name());
        }
    }

    void remove(String name) {
        upstream.remove(name);
        downstream.remove(name);
        settle();
    }

    /** {@code pipe} has told its receiver how it ended. */
    void ended(Pipe pipe, Item.Mark mark) {
        switch (mark) {
            case CLOSE -> over(null, EndCause.CUT);
            case RESET -> over(Stream.BOTH, EndCause.RESET);
            case END -> {
                if (upstream.isSinkOver() && downstream.isSinkOver()) {
                    over(null, EndCause.ENDED);
                }
            }
        }
    }

    /** The receiver of {@code pipe} is gone; its sender learns it through the pipe that leads back. */
    void receiverIsGone(Pipe pipe) {
        (pipe == upstream ? downstream : upstream).end(Item.Mark.RESET);
    }

    /** The time of {@code fault} to end the connection has come. */
    void cut(Fault fault) {
        if (fault.kind() == ToxicKind.RESET_PEER) {
            over(fault.stream(), EndCause.RESET);
        } else {
            over(null, EndCause.CUT);
        }
    }

    /** The server is sent {@code frame} as the last one of a WebSocket client, which learns of nothing but the end of its connection. */
    void endWith(byte[] frame) {
        upstream.endWith(frame);
    }

    void reset() {
        over(Stream.BOTH, EndCause.RESET);
    }

    void close() {
        over(null, EndCause.CUT);
    }

    /** @param reset the directions whose receiver gets an RST; a FIN for the others */
    private void over(@Nullable Stream reset, EndCause cause) {
        if (isOver) {
            return;
        }
        isOver = true;
        if (orphaned != null) {
            orphaned.cancel();
        }
        upstream.stop();
        downstream.stop();
        server.close(reset != null && reset.covers(Stream.UPSTREAM));
        client.close(reset != null && reset.covers(Stream.DOWNSTREAM));
        whenOver.accept(this, cause);
    }
}
