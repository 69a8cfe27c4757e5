package tokenly.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Between a node and its database: cuts the connection at the n-th request, before the server gets it or when it has answered. As the protocol
 * is used here, whatever the client writes at once is a request, and the client waits for the answer.
 */
final class CuttingProxy implements Closeable {

    private static final int NEVER = Integer.MAX_VALUE;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int cutAt = NEVER;
    private volatile boolean isBefore;
    private volatile boolean staysDown;
    private volatile boolean isDown;

    CuttingProxy(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Counts anew, from 1, and cuts at {@code request}. */
    void cutAt(int request, boolean isBefore, boolean staysDown) {
        this.isBefore = isBefore;
        this.staysDown = staysDown;
        isDown = false;
        requests.set(0);
        cutAt = request;
    }

    void cutNever() {
        cutAt(NEVER, true, false);
    }

    /** Takes connections again. */
    void comeBack() {
        isDown = false;
    }

    int requests() {
        return requests.get();
    }

    boolean hasCut() {
        return requests.get() >= cutAt;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (isDown) {
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket server = new Socket();
        server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        start(() -> relay(client, server));
    }

    /** Half duplex: a request, and then answers until the next request comes. */
    private void relay(Socket client, Socket server) {
        AtomicInteger dropping = new AtomicInteger();
        start(() -> pass(server, client, dropping, false));
        pass(client, server, dropping, true);
    }

    private void pass(Socket from, Socket to, AtomicInteger dropping, boolean areRequests) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[1 << 16];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                boolean isCut = areRequests ? requests.incrementAndGet() == cutAt : dropping.get() > 0;
                if (isCut) {
                    isDown = staysDown;
                }
                if (isCut && (!areRequests || isBefore)) {
                    return;
                }
                dropping.addAndGet(isCut ? 1 : 0);
                out.write(bytes, 0, count);
            }
        } catch (IOException closed) {
            return;
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
