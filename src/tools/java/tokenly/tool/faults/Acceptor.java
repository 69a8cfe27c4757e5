package tokenly.tool.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The port where clients come in. It can be shut for a while and keeps its number: a socket that is bound but does not
 * listen holds the place, so that clients are refused and the system gives the port to no outgoing connection. For the
 * loop's thread.
 */
final class Acceptor {

    /** Waiting connections that the system takes before it refuses more; it may use less (Linux: net.core.somaxconn). */
    private static final int BACKLOG = 4096;

    /** After a failed accept, mostly for want of file descriptors; until then waiting clients wait. */
    private static final Duration RETRY = Duration.ofMillis(100);

    private final Loop loop;
    private final InetSocketAddress address;
    private final Consumer<SocketChannel> whenAccepted;
    private final Consumer<IOException> whenFailed;
    private @Nullable ServerSocketChannel listening;
    private @Nullable SelectionKey key;
    private @Nullable SocketChannel placeholder;

    /**
     * Opens it.
     *
     * @param address port 0 takes a free one
     */
    Acceptor(
            Loop loop,
            InetSocketAddress address,
            Consumer<SocketChannel> whenAccepted,
            Consumer<IOException> whenFailed)
            throws IOException {
        this.loop = loop;
        this.whenAccepted = whenAccepted;
        this.whenFailed = whenFailed;
        this.address = listen(address);
    }

    /** Where it is; the same whether it is open or shut. */
    InetSocketAddress address() {
        return address;
    }

    /**
     * Opens it again.
     *
     * @throws UncheckedIOException if another program has the port now; it stays shut
     */
    void open() {
        try {
            if (placeholder != null) {
                placeholder.close();
                placeholder = null;
                loop.finishClosing();
            }
            if (listening == null) {
                listen(address);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** From now on clients are refused, those included that wait to be accepted. */
    void shut() {
        if (listening == null) {
            return;
        }
        try {
            listening.close();
            listening = null;
            loop.finishClosing();
            placeholder = SocketChannel.open().setOption(StandardSocketOptions.SO_REUSEADDR, true);
            placeholder.bind(address);
            loop.watch(placeholder, () -> {});
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private InetSocketAddress listen(InetSocketAddress where) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true); // connections of an earlier one may linger
            channel.bind(where, BACKLOG);
            key = loop.watch(channel, this::accept);
            key.interestOps(SelectionKey.OP_ACCEPT);
            listening = channel;
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    private void accept() {
        try {
            while (listening != null) {
                SocketChannel client = listening.accept();
                if (client == null) {
                    return;
                }
                whenAccepted.accept(client);
            }
        } catch (IOException failed) {
            whenFailed.accept(failed);
            listenTo(0);
            loop.after(RETRY, () -> listenTo(SelectionKey.OP_ACCEPT));
        }
    }

    private void listenTo(int operations) {
        if (key != null && key.isValid()) {
            key.interestOps(operations);
        }
    }
}
