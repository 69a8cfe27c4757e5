package tokenly.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Connections of the JDK's own HTTP client, whose threads all clients share. */
final class HttpTransport implements Transport {

    /** Of a server that does not batch, if there is one. */
    private static final String V1 = "tokenly.v1";

    private static final String V1_BATCHED = "tokenly.v1.batched";

    private final URI rtc;
    private final Executor thread;

    HttpTransport(URI rtc, Executor thread) {
        this.rtc = rtc;
        this.thread = thread;
    }

    /** Made when the first connection is; it cannot be closed, but its threads are daemons. */
    private static final class Shared {
        static final HttpClient HTTP = HttpClient.newHttpClient();
    }

    @Override
    public Link open(Listener listener, Duration connectTimeout) {
        HttpLink link = new HttpLink(listener, thread);
        link.opening(Shared.HTTP
                .newWebSocketBuilder()
                .subprotocols(V1_BATCHED, V1)
                .connectTimeout(connectTimeout)
                .buildAsync(rtc, link));
        return link;
    }
}
