package tokenly.cluster;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * The way from this node, where clients are, to another one, which owns rooms. It opens by itself and closes once, for good: what was
 * held over it is asked for anew then. Thread-safe.
 */
final class Link implements LinkTransport.Receiver {

    private static final System.Logger LOG = System.getLogger(Link.class.getName());

    private final String url;
    private final Events events;
    private final Supplier<Duration> now;
    private final LinkQueue queue;
    private final Map<Long, EdgeConnection> connections = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private final CompletionStage<? extends LinkTransport.Socket> socket;
    private volatile Duration lastHeard;

    /** What happens on a link. Called on its threads. */
    interface Events {

        /** The other node says {@code frame}; nothing else is said meanwhile. */
        void said(Link link, LinkFrame frame);

        /** It is gone. {@code isRefused}: nothing listens at the other node's address. */
        void closed(Link link, boolean isRefused);
    }

    /** Opens one to the node at {@code url}; {@link #watch} is next. */
    Link(String url, LinkTransport transport, Events events, Supplier<Duration> now, Executor executor) {
        this.url = url;
        this.events = events;
        this.now = now;
        this.lastHeard = now.get();
        this.queue = new LinkQueue(this::sendText, this::close, executor);
        this.socket = transport.open(url, this);
    }

    /** Tells its {@link Events} from now on; to be called once its opener has kept it. */
    void watch() {
        socket.whenComplete((open, failure) -> {
            if (failure != null) {
                LOG.log(Level.DEBUG, "the node at {0} cannot be reached: {1}", url, failure);
                close(failure instanceof LinkTransport.RefusedException
                        || failure.getCause() instanceof LinkTransport.RefusedException);
            }
        });
    }

    String url() {
        return url;
    }

    private CompletionStage<?> sendText(String message) {
        return socket.thenCompose(open -> open.send(message));
    }

    void send(LinkFrame frame) {
        queue.send(frame);
    }

    /** A number for {@code connection}. */
    long open(EdgeConnection connection) {
        long number = lastNumber.incrementAndGet();
        connections.put(number, connection);
        return number;
    }

    boolean isClosed() {
        return isClosed.get();
    }

    void forget(long number) {
        connections.remove(number);
    }

    Optional<EdgeConnection> connection(long number) {
        return Optional.ofNullable(connections.get(number));
    }

    /** Says that this node lives; the other one is taken for dead when nothing was heard of it for {@code most}. */
    void beat(Duration most) {
        if (now.get().minus(lastHeard).compareTo(most) > 0) {
            LOG.log(Level.WARNING, "nothing is heard of the node at {0}", url);
            close();
        } else {
            send(LinkFrame.of(LinkFrame.Kind.BEAT, 0));
        }
    }

    @Override
    public void message(String text) {
        lastHeard = now.get();
        try {
            LinkFrames.each(text, frame -> events.said(this, frame));
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "what the node at " + url + " says cannot be taken: the link is closed", bug);
            close();
        }
    }

    @Override
    public void closed() {
        close();
    }

    void close() {
        close(false);
    }

    private void close(boolean isRefused) {
        if (isClosed.compareAndSet(false, true)) {
            queue.close();
            socket.thenAccept(LinkTransport.Socket::abort);
            events.closed(this, isRefused);
            connections.clear();
        }
    }
}
