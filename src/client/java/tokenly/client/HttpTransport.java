package tokenly.client;

import java.lang.ref.WeakReference;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import tokenly.protocol.Subprotocol;

/** Connections of the JDK's own HTTP client, whose threads all clients share. */
final class HttpTransport implements Transport {

    /** Of all clients, as long as there is one: a static one would keep a web application's classes in memory that is gone. */
    private static WeakReference<HttpClient> shared = new WeakReference<>(null); // guarded by the class

    private final HttpClient http = shared();
    private final Executor thread;

    HttpTransport(Executor thread) {
        this.thread = thread;
    }

    private static synchronized HttpClient shared() {
        HttpClient known = shared.get();
        if (known == null) {
            known = HttpClient.newHttpClient();
            shared = new WeakReference<>(known);
        }
        return known;
    }

    @Override
    public Link open(Address address, Listener listener, Duration connectTimeout) {
        HttpLink link = new HttpLink(listener, thread, address.asksForV1());
        link.opening(http.newWebSocketBuilder()
                .subprotocols(Subprotocol.V1_BATCHED, Subprotocol.V1)
                .connectTimeout(connectTimeout)
                .buildAsync(address.uri(), link));
        return link;
    }
}
