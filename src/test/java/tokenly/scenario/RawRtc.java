package tokenly.scenario;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tokenly.tool.server.TokenlyServer;

/**
 * A TCP connection after the WebSocket handshake (RFC 6455), for what a well-behaved client cannot do: send any bytes, or
 * stay silent and read nothing. Not thread-safe.
 */
final class RawRtc implements AutoCloseable {

    /** First byte of a whole frame: FIN and the opcode (RFC 6455, section 5.2). */
    static final int TEXT = 0x81;

    static final int CLOSE = 0x88;

    /** One frame from the server. */
    record Frame(int firstByte, ByteBuffer payload) {

        boolean isClose() {
            return firstByte == CLOSE;
        }

        /** Of a close frame; 1005 if it has none. */
        int closeCode() {
            return payload.remaining() < 2 ? 1005 : payload.getShort(0) & 0xffff;
        }

        String text() {
            return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        }
    }

    private static final int READ_LIMIT_MILLIS = 30_000;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private String answer = "";

    private RawRtc(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** Connects and shakes hands. */
    static RawRtc connect(TokenlyServer server) throws IOException {
        return connect(server, "");
    }

    /** As {@link #connect(TokenlyServer)}, with a subprotocol; "" for none. */
    static RawRtc connect(TokenlyServer server, String subprotocol) throws IOException {
        RawRtc raw = new RawRtc(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        raw.write(("GET /rtc HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n" // as every browser does
                        + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        raw.answer = raw.readHead();
        if (!raw.answer.startsWith("HTTP/1.1 101")) {
            raw.close();
            throw new IOException("no upgrade: " + raw.answer);
        }
        return raw;
    }

    /** The head of the answer to the handshake. */
    String answer() {
        return answer;
    }

    /** Sends any bytes. */
    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void text(String frame) throws IOException {
        frame(TEXT, frame.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a whole masked frame. */
    void frame(int firstByte, byte[] payload) throws IOException {
        head(firstByte, payload.length);
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        write(masked);
    }

    /** Sends the head of a masked frame that claims {@code length} bytes, and none of them. */
    void head(int firstByte, long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream head = new DataOutputStream(bytes);
        head.write(firstByte);
        if (length < 126) {
            head.write(0x80 | (int) length);
        } else if (length < 65_536) {
            head.write(0x80 | 126);
            head.writeShort((int) length);
        } else {
            head.write(0x80 | 127);
            head.writeLong(length);
        }
        head.write(MASK);
        write(bytes.toByteArray());
    }

    /** Waits for the next frame; empty when the server has closed the connection, by a reset too. */
    Optional<Frame> read() throws IOException {
        try {
            int firstByte = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            return Optional.of(new Frame(firstByte, ByteBuffer.wrap(in.readNBytes(length))));
        } catch (EOFException | SocketException ended) {
            return Optional.empty();
        }
    }

    /** Reads on to the server's close frame; empty if it ends the connection without one. */
    Optional<Integer> readCloseCode() throws IOException {
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

    private String readHead() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }
}
