package tokenly.tool.load.ws;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection of {@link NioClient}. Its public methods are for every thread, everything else belongs to the client's. */
final class NioConnection implements WebSocketConnection {

    private static final System.Logger LOG = System.getLogger(NioConnection.class.getName());

    /** Most bytes that may be unsent. */
    private static final int MAX_UNSENT = 1 << 20;

    private enum State {
        NEW,
        CONNECTING,
        /** The handshake is under way. */
        GREETING,
        OPEN,
        /** A close frame is sent. */
        CLOSING,
        ENDED
    }

    private final NioClient client;
    private final WebSocketListener listener;
    private final FrameReader reader = new FrameReader();
    private final SendQueue unsent = new SendQueue();
    private State state = State.NEW;
    private CloseOutcome atEnd = CloseOutcome.LOST; // if there is no other reason
    private @Nullable StringBuilder answer; // to the handshake; null but while GREETING
    private @Nullable SocketChannel channel; // null only while NEW, or if it could not be opened
    private @Nullable SelectionKey key; // the same

    NioConnection(NioClient client, WebSocketListener listener) {
        this.client = client;
        this.listener = listener;
    }

    @Override
    public void send(byte[] utf8) {
        ByteBuffer frame = FrameWriter.text(utf8);
        client.execute(() -> {
            if (state == State.OPEN) {
                write(frame);
            }
        });
    }

    @Override
    public void close(int code) {
        client.execute(() -> sayGoodbye(code));
    }

    @Override
    public void abort() {
        client.execute(() -> end(CloseOutcome.ABORTED));
    }

    /** Begins to connect. */
    void open() {
        if (state == State.ENDED) {
            return;
        }
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            opened.configureBlocking(false);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            state = State.CONNECTING;
            boolean isConnected = opened.connect(client.address());
            key = client.watch(opened, this);
            if (isConnected) {
                greet();
            }
        } catch (IOException failed) {
            end(CloseOutcome.notConnected(failed));
        }
    }

    /** Does what its channel is ready for. */
    void ready() {
        if (state == State.CONNECTING) {
            finishConnecting();
        } else if (key != null && key.isValid() && key.isWritable()) {
            flush();
        }
        if (key != null && key.isValid() && key.isReadable()) {
            read();
        }
    }

    private void finishConnecting() {
        try {
            if (channel != null && channel.finishConnect()) {
                greet();
            }
        } catch (IOException failed) {
            end(CloseOutcome.notConnected(failed));
        }
    }

    private void greet() {
        state = State.GREETING;
        answer = new StringBuilder();
        interest(SelectionKey.OP_READ);
        write(client.handshake().request());
    }

    private void read() {
        try {
            ByteBuffer input = client.input().clear();
            if (channel == null || channel.read(input) < 0) {
                end(atEnd);
                return;
            }
            input.flip();
            if (answer != null) {
                readAnswer(answer, input);
            }
            if (state == State.OPEN || state == State.CLOSING) {
                reader.read(input, new Incoming());
            }
        } catch (ProtocolException broken) {
            end(CloseOutcome.BAD_FRAME);
        } catch (IOException broken) {
            end(atEnd);
        }
    }

    private void readAnswer(StringBuilder head, ByteBuffer input) throws ProtocolException {
        while (input.hasRemaining() && head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            head.append((char) (input.get() & 0xff));
        }
        if (head.length() > Handshake.MAX_ANSWER) {
            throw new ProtocolException("a handshake that does not end");
        }
        if (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            return;
        }
        answer = null;
        client.handshake().refusal(head).ifPresentOrElse(this::end, () -> {
            state = State.OPEN;
            client.options().greeting().get().ifPresent(this::send);
            listener.opened(this);
        });
    }

    private final class Incoming implements FrameReader.Sink {

        @Override
        public void text(ByteBuffer utf8) {
            if (state != State.ENDED) {
                listener.text(utf8);
            }
        }

        @Override
        public void ping(ByteBuffer payload) {
            if (state == State.OPEN) {
                write(FrameWriter.pong(payload));
            }
        }

        @Override
        public void close(int code) {
            atEnd = CloseOutcome.closed(code);
            sayGoodbye(code == 1005 ? 1000 : code);
        }
    }

    /** Sends a close frame, once; the server is the one to end the TCP connection (RFC 6455, section 7.1.1). */
    private void sayGoodbye(int code) {
        if (state == State.OPEN) {
            state = State.CLOSING;
            write(FrameWriter.close(code));
        } else if (state != State.CLOSING) {
            end(CloseOutcome.ABORTED);
        }
    }

    private void write(ByteBuffer bytes) {
        unsent.add(bytes);
        if (unsent.size() == 1) {
            client.flushLater(this);
        } else if (unsent.bytes() > MAX_UNSENT) {
            end(CloseOutcome.STUCK);
        }
    }

    /** Writes what there is, and waits for nothing. */
    void flush() {
        try {
            if (channel != null) {
                unsent.writeTo(channel, client.output());
            }
            interest(unsent.size() == 0 ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        } catch (IOException broken) {
            end(atEnd);
        }
    }

    private void interest(int operations) {
        if (key != null && key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Ends it at once, and tells so the first time. */
    void end(CloseOutcome outcome) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        unsent.clear();
        release(outcome);
        listener.ended(outcome);
    }

    /** The system hears of it at the next selection, so all connections that one task ends end at once. */
    private void release(CloseOutcome outcome) {
        if (channel == null) {
            return;
        }
        try {
            if (outcome.equals(CloseOutcome.ABORTED)) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0); // so that the close is a reset
            }
            channel.close();
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "a connection could not be closed", gone);
        }
    }
}
