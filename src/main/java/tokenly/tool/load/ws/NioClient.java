package tokenly.tool.load.ws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/**
 * A client for ten thousand connections at once: one thread and one read buffer for all, and about 2 KB of heap for each.
 * Text frames only, no extensions, no {@code wss}.
 *
 * <p>The JDK's own client, {@link java.net.http.WebSocket}, is not used here: with 10,000 connections it holds 62 KB of heap
 * each (620 MB live, 0.9 to 1.7 GB resident), and its {@code abort} is an orderly end (FIN) and no reset. Measured
 * 2026-11-24, JDK 17; see the figures of this one in the test's comment.
 */
public final class NioClient implements Client {

    private static final System.Logger LOG = System.getLogger(NioClient.class.getName());
    private static final int INPUT_BYTES = 65_536;
    private static final int DEFAULT_PORT = 80;

    private final InetSocketAddress address;
    private final Handshake handshake;
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "load-sockets");
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>(); // a few for each connection
    private volatile boolean isClosed;

    /**
     * A client whose thread runs until it is closed.
     *
     * @param uri {@code ws://HOST[:PORT]/PATH}, which is looked up once
     * @throws UnknownHostException if nobody knows the host
     */
    public NioClient(URI uri, RandomGenerator random) throws IOException {
        address = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
        if (address.isUnresolved()) {
            throw new UnknownHostException(uri.getHost());
        }
        handshake = new Handshake(uri, random);
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Connection connect(Listener listener) {
        NioConnection connection = new NioConnection(this, listener);
        execute(connection::open);
        return connection;
    }

    @Override
    public void close() {
        isClosed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    InetSocketAddress address() {
        return address;
    }

    Handshake handshake() {
        return handshake;
    }

    /** The one buffer into which all connections are read, one after the other. */
    ByteBuffer input() {
        return input;
    }

    /** Runs {@code task} on the client's thread: now, if this is it. */
    void execute(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return;
        }
        asked.add(task);
        selector.wakeup();
    }

    SelectionKey watch(SocketChannel channel, NioConnection connection) throws IOException {
        return channel.register(selector, SelectionKey.OP_CONNECT, connection);
    }

    private void run() {
        try (selector) {
            while (!isClosed) {
                selector.select();
                List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
                selector.selectedKeys().clear();
                ready.forEach(key -> guard(((NioConnection) key.attachment())::ready));
                runAsked();
            }
            runAsked();
            List.copyOf(selector.keys()).forEach(key -> ((NioConnection) key.attachment()).end(Ending.ABORTED));
            selector.selectNow(); // which is when the channels are really closed
        } catch (IOException broken) {
            throw new UncheckedIOException("the selector is broken", broken);
        }
    }

    private void runAsked() {
        for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
            guard(task);
        }
    }

    /** A bug that shows on one connection must not end the others. */
    private static void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a step of a connection failed", bug);
        }
    }
}
