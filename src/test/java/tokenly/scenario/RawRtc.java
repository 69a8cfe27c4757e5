package tokenly.scenario;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tokenly.tool.server.TokenlyServer;

/**
 * A TCP connection after the WebSocket handshake (RFC 6455), for what a well-behaved client cannot do: send any bytes, or
 * stay silent and read nothing. Not thread-safe.
 */
public final class RawRtc implements AutoCloseable {

    /** First byte of a whole frame: FIN and the opcode (RFC 6455, section 5.2). */
    public static final int TEXT = 0x81;

    public static final int CLOSE = 0x88;
    public static final int PING = 0x89;
    public static final int PONG = 0x8a;

    /** One frame from the server. */
    public record Frame(int firstByte, ByteBuffer payload) {

        public boolean isClose() {
            return firstByte == CLOSE;
        }

        /** Of a close frame; 1005 if it has none. */
        public int closeCode() {
            return payload.remaining() < 2 ? 1005 : payload.getShort(0) & 0xffff;
        }

        public String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }
    }

    /** The server's answer to a handshake was not 101. */
    public static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        private Refused(String answer) {
            super("no upgrade: " + answer);
            status = Integer.parseInt(answer.split(" ", 3)[1]);
        }

        /** As 429 (RFC 6585). */
        public int status() {
            return status;
        }
    }

    private static final int READ_LIMIT_MILLIS = 30_000;
    private static final int LONGEST_HEAD = 14;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Socket socket;
    private final SlowStream slowly;
    private final DataInputStream in;
    private final DataOutputStream out;
    private String answer = "";

    private RawRtc(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        slowly = new SlowStream(socket.getInputStream());
        in = new DataInputStream(new BufferedInputStream(slowly));
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects and shakes hands. */
    static RawRtc connect(TokenlyServer server) throws IOException {
        return connect(server, "");
    }

    /** As {@link #connect(TokenlyServer)}, with a subprotocol; "" for none. */
    static RawRtc connect(TokenlyServer server, String subprotocol) throws IOException {
        return shakeHands(new Socket(InetAddress.getLoopbackAddress(), server.port()), subprotocol);
    }

    /**
     * Connects as a client of another address, and shakes hands.
     *
     * @param from an address of the loopback
     * @param receiveBuffer bytes that the system may keep of what is not read; 0 for its default
     * @param subprotocol "" for none
     * @throws Refused if the server does not upgrade the connection
     */
    public static RawRtc connect(TokenlyServer server, InetAddress from, int receiveBuffer, String subprotocol)
            throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), READ_LIMIT_MILLIS);
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
        return shakeHands(socket, subprotocol);
    }

    private static RawRtc shakeHands(Socket socket, String subprotocol) throws IOException {
        RawRtc raw = new RawRtc(socket);
        try {
            raw.write(("GET /rtc HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Extensions: permessage-deflate\r\n" // as every browser does
                            + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            raw.answer = raw.readHead();
            if (!raw.answer.startsWith("HTTP/1.1 101")) {
                throw new Refused(raw.answer);
            }
            return raw;
        } catch (IOException failed) {
            raw.close();
            throw failed;
        }
    }

    /**
     * What a server answers to a handshake with these headers, which is no connection afterwards: the head, and the rest if it upgrades nothing.
     *
     * @param headers lines that each end in CRLF, with {@code Host} among them
     */
    static String answerTo(TokenlyServer server, String headers) throws IOException {
        return answerTo(server, "", headers);
    }

    /** The same, with {@code query} behind the address: empty, or with its question mark. */
    static String answerTo(TokenlyServer server, String query, String headers) throws IOException {
        try (RawRtc raw = new RawRtc(new Socket(InetAddress.getLoopbackAddress(), server.port()))) {
            raw.write(("GET /rtc" + query + " HTTP/1.1\r\n" + headers
                            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            String head = raw.readHead();
            return head.startsWith("HTTP/1.1 101")
                    ? head
                    : head + new String(raw.in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The head of the answer to the handshake. */
    String answer() {
        return answer;
    }

    /** Sends any bytes. */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public void text(String frame) throws IOException {
        frame(TEXT, frame.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole masked frame. */
    public void frame(int firstByte, byte[] payload) throws IOException {
        write(bytesOf(firstByte, payload));
    }

    /** Sends the head of a masked frame that claims {@code length} bytes, and none of them. */
    public void head(int firstByte, long length) throws IOException {
        write(headOf(firstByte, length));
    }

    /** A whole masked frame, as it goes over the wire. */
    public static byte[] bytesOf(int firstByte, byte[] payload) {
        byte[] head = headOf(firstByte, payload.length);
        byte[] frame = Arrays.copyOf(head, head.length + payload.length);
        for (int i = 0; i < payload.length; i++) {
            frame[head.length + i] = (byte) (payload[i] ^ MASK[i % MASK.length]);
        }
        return frame;
    }

    private static byte[] headOf(int firstByte, long length) {
        ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD).put((byte) firstByte);
        if (length < 126) {
            head.put((byte) (0x80 | (int) length));
        } else if (length < 65_536) {
            head.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            head.put((byte) (0x80 | 127)).putLong(length);
        }
        head.put(MASK);
        return Arrays.copyOf(head.array(), head.position());
    }

    /** Reads no faster from now on than a link of so many bytes a second would carry them. */
    void slowDown(int bytesPerSecond) {
        slowly.bytesPerSecond = bytesPerSecond;
    }

    /** What a slow link carries. */
    private static final class SlowStream extends FilterInputStream {

        private static final int PIECE = 512;

        private int bytesPerSecond = Integer.MAX_VALUE;

        SlowStream(InputStream fast) {
            super(fast);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            boolean isSlow = bytesPerSecond < Integer.MAX_VALUE;
            int count = super.read(bytes, offset, isSlow ? Math.min(length, PIECE) : length);
            if (isSlow && count > 0) {
                LockSupport.parkNanos(1_000_000_000L * count / bytesPerSecond);
            }
            return count;
        }
    }

    /** Each read gives up after {@code limit}, more than 0 ms, with a {@link java.net.SocketTimeoutException}. */
    public void limitReads(Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    }

    /** Waits for the next whole frame; empty when the server has closed the connection, by a reset too, or within a frame. */
    public Optional<Frame> read() throws IOException {
        try {
            int firstByte = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            return Optional.of(new Frame(firstByte, ByteBuffer.wrap(payload)));
        } catch (EOFException | SocketException ended) {
            return Optional.empty();
        }
    }

    /** Reads on to the server's close frame; empty if it ends the connection without one. */
    public Optional<Integer> readCloseCode() throws IOException {
        for (Optional<Frame> frame = read(); frame.isPresent(); frame = read()) {
            if (frame.get().isClose()) {
                return Optional.of(frame.get().closeCode());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Ends the connection without a close frame, by a reset; does nothing if it is closed. */
    public void reset() throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }
}
