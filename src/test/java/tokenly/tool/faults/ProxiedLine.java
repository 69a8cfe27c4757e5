package tokenly.tool.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** A real client's socket and a real server's socket with a proxy between them. For one test thread. */
final class ProxiedLine implements AutoCloseable {

    /** For a busy machine; no test passes because it is reached. */
    static final Duration LIMIT = Duration.ofSeconds(30);

    private final ServerSocket target;
    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;

    private ProxiedLine(ServerSocket target, FaultProxy proxy, Socket client, Socket server) {
        this.target = target;
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    /** Connects, through a proxy with these faults. */
    static ProxiedLine open(String... faults) throws IOException {
        ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        target.setSoTimeout((int) LIMIT.toMillis());
        FaultProxy proxy = FaultProxy.start(0, address(target));
        for (String fault : faults) {
            proxy.add(Fault.parse(fault));
        }
        Socket client = connect(proxy);
        Socket server = target.accept();
        server.setSoTimeout((int) LIMIT.toMillis());
        return new ProxiedLine(target, proxy, client, server);
    }

    static Socket connect(FaultProxy proxy) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout((int) LIMIT.toMillis());
        socket.connect(proxy.address(), (int) LIMIT.toMillis());
        return socket;
    }

    static InetSocketAddress address(ServerSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    FaultProxy proxy() {
        return proxy;
    }

    Socket client() {
        return client;
    }

    Socket server() {
        return server;
    }

    ServerSocket target() {
        return target;
    }

    Socket sender(Stream stream) {
        return stream == Stream.UPSTREAM ? client : server;
    }

    Socket receiver(Stream stream) {
        return stream == Stream.UPSTREAM ? server : client;
    }

    void send(Stream stream, byte[] bytes) throws IOException {
        sender(stream).getOutputStream().write(bytes);
    }

    /** Waits for {@code count} bytes; fewer if the pipe ends before. */
    byte[] receive(Stream stream, int count) throws IOException {
        return receiver(stream).getInputStream().readNBytes(count);
    }

    /** Waits for the end and returns all bytes before it. */
    byte[] receiveAll(Stream stream) throws IOException {
        return receiver(stream).getInputStream().readAllBytes();
    }

    /** Waits until the proxy holds that many bytes of that direction. */
    void awaitHeld(Stream stream, long bytes) {
        await().atMost(LIMIT).until(() -> traffic(stream).held() == bytes);
    }

    Traffic traffic(Stream stream) {
        Counters counters = proxy.counters();
        return stream == Stream.UPSTREAM ? counters.upstream() : counters.downstream();
    }

    /** Whether the next that is read from {@code socket} is an RST. */
    static boolean isReset(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        try (target;
                client;
                server) {
            proxy.close();
        }
    }
}
