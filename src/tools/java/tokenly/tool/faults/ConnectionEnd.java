package tokenly.tool.faults;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One of a relay's two sockets. For the loop's thread. */
final class ConnectionEnd {

    private static final System.Logger LOG = System.getLogger(ConnectionEnd.class.getName());

    private final SocketChannel channel;
    private final SelectionKey key;

    /** @param whenReady is run when the socket can do what {@link #want} asked for */
    ConnectionEnd(SocketChannel channel, Loop loop, Runnable whenReady) throws IOException {
        this.channel = channel;
        this.key = loop.watch(channel, whenReady);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true); // a proxy must not add delays of its own
    }

    SocketChannel channel() {
        return channel;
    }

    /** Asks to be told when the socket can do {@code operations}, and nothing else. */
    void want(int operations) {
        if (key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Whether it was found ready for one of {@code operations} that it waits for. */
    boolean isReady(int operations) {
        return key.isValid() && (key.readyOps() & operations) != 0;
    }

    /** Reads once and returns the number of bytes; -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    /** Writes what the socket takes and returns the number of those bytes. */
    int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
    }

    /** Says that nothing more comes (FIN). */
    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    /**
     * Closes it.
     *
     * @param isReset with an RST, as a crash looks; else with a FIN
     */
    void close(boolean isReset) {
        try (channel) {
            if (isReset) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "a socket did not close well", failed); // it was dead already
        }
    }
}
