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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A client for ten thousand connections at once: one thread and one read buffer for all, and about 2 KB of heap for each.
 * Text frames only, no extensions, no {@code wss}.
 *
 * <p>The JDK's own client, {@link java.net.http.WebSocket}, is not used here: with 10,000 connections it holds 62 KB of heap
 * each (620 MB live, 0.9 to 1.7 GB resident), and its {@code abort} is an orderly end (FIN) and no reset. Measured
 * 2026-11-24, JDK 17; see the figures of this one in the test's comment.
 */
public final class NioClient implements WebSocketClient {

    private static final System.Logger LOG = System.getLogger(NioClient.class.getName());
    private static final int INPUT_BYTES = 65_536;
    private static final int OUTPUT_BYTES = 65_536;

    /** A thread that sleeps wakes some 60 us late (Linux, its default timer slack of 50 us). */
    private static final long OVERSLEEPS_NANOS = 60_000;

    private static final int DEFAULT_PORT = 80;

    private final InetSocketAddress address;
    private final Handshake handshake;
    private final SocketOptions options;
    private final ByteBuffer output = ByteBuffer.allocateDirect(OUTPUT_BYTES);
    private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "load-sockets");
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>(); // a few for each connection
    private final Timers timers = new Timers(); // only on the thread, like the next one
    private final Queue<NioConnection> unflushed = new ArrayDeque<>(); // each once
    private volatile boolean isClosed;

    /**
     * A client whose thread runs until it is closed.
     *
     * @param uri {@code ws://HOST[:PORT]/PATH}, which is looked up once
     * @throws UnknownHostException if the host is unknown
     */
    public NioClient(URI uri, RandomGenerator random) throws IOException {
        this(uri, random, SocketOptions.PLAIN);
    }

    /** The same with these options. */
    public NioClient(URI uri, RandomGenerator random, SocketOptions options) throws IOException {
        this.options = options;
        address = new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
        if (address.isUnresolved()) {
            throw new UnknownHostException(uri.getHost());
        }
        handshake = new Handshake(uri, random, options.subprotocol());
        selector = Selector.open();
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public WebSocketConnection connect(WebSocketListener listener) {
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

    SocketOptions options() {
        return options;
    }

    Handshake handshake() {
        return handshake;
    }

    /** The one buffer into which all connections are read, one after the other. */
    ByteBuffer input() {
        return input;
    }

    /** The one buffer from which all are written. */
    ByteBuffer output() {
        return output;
    }

    /** Has {@code connection} written once all is done that could give it more to write. */
    void flushLater(NioConnection connection) {
        unflushed.add(connection);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(delay, task);
    }

    /** Runs {@code task} on the client's thread: now, if this is it. */
    @Override
    public void execute(Runnable task) {
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
                select();
                List<SelectionKey> ready = List.copyOf(selector.selectedKeys());
                selector.selectedKeys().clear();
                ready.forEach(key -> guard(((NioConnection) key.attachment())::ready));
                runAsked();
                runDue();
            }
            runAsked();
            List.copyOf(selector.keys()).forEach(key -> ((NioConnection) key.attachment()).end(CloseOutcome.ABORTED));
            selector.selectNow(); // which is when the channels are really closed
        } catch (IOException broken) {
            throw new UncheckedIOException("the selector is broken", broken);
        }
    }

    /** Waits for something to do. */
    private void select() throws IOException {
        if (timers.isEmpty()) {
            selector.select();
            return;
        }
        long nanos = timers.nanosToNext();
        if (nanos <= 0) {
            selector.selectNow();
        } else if (!options.isPunctual()) {
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        } else if (nanos > TimeUnit.MILLISECONDS.toNanos(3)) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos) - 2);
        } else if (selector.selectNow() == 0) {
            await(nanos - OVERSLEEPS_NANOS);
        }
    }

    private static void await(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        } else {
            Thread.onSpinWait();
        }
    }

    private void runDue() {
        while (!timers.isEmpty() && timers.nanosToNext() <= 0) {
            guard(timers.pollDue());
        }
    }

    private void runAsked() {
        for (Runnable task = asked.poll(); task != null; task = asked.poll()) {
            guard(task);
        }
    }

    /** A bug that shows on one connection must not end the others. */
    private void guard(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a step of a connection failed", bug);
        }
        for (NioConnection next = unflushed.poll(); next != null; next = unflushed.poll()) {
            next.flush();
        }
    }
}
