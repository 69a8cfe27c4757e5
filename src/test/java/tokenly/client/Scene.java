package tokenly.client;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.session.FakeTimer;

/** A client among fakes, all on the test's own thread. */
final class Scene {

    static final String WELCOME =
            "{'type':'welcome','connection':'c','heartbeat':{'interval_ms':10000,'timeout_ms':20000},"
                    + "'reconnect':{'delays_ms':[1000,2000,4000],'max_attempts':3,'jitter':0,'connect_timeout_ms':7000,"
                    + "'reset_after_ms':5000},'resume_window_ms':60000,'limits':{'frame_bytes':65536,'mailbox_messages':10000,"
                    + "'mailbox_bytes':4194304}}";

    static final ClientOptions OPTIONS = ClientOptions.of(URI.create("ws://localhost/rtc"));

    /** So that no two clients draw the same keys. */
    private static final AtomicInteger RANDOM = new AtomicInteger();

    final FakeTimer timer = new FakeTimer();
    final FakeTransport transport = new FakeTransport();
    final FakeThread thread = new FakeThread();
    final List<String> told = new ArrayList<>();
    final List<ResumeReport> reports = new ArrayList<>();
    final Client client;

    Scene() {
        this(OPTIONS);
    }

    Scene(ClientOptions options) {
        this(options, null);
    }

    /** With {@code listener} instead of {@link #told} and {@link #reports}. */
    Scene(ClientOptions options, @Nullable ClientListener listener) {
        client = new Client(
                new Ports(transport, timer(timer, thread), thread, new Random(RANDOM.getAndIncrement())),
                options.withListener(listener == null ? new Told() : listener));
        client.start();
    }

    /** The fake timer of the server's tests, on a client's thread. */
    static Timer timer(FakeTimer fake, FakeThread thread) {
        return new Timer() {
            @Override
            public Duration now() {
                return fake.now();
            }

            @Override
            public Task after(Duration delay, Runnable task) {
                tokenly.session.Timer.Task asked = fake.after(delay, () -> thread.execute(task));
                return asked::cancel;
            }
        };
    }

    private final class Told implements ClientListener {
        @Override
        public void changed(ClientState state) {
            told.add(state.toString());
        }

        @Override
        public void lost(long attempt, int code, String reason) {
            told.add("lost " + attempt + " " + code);
        }

        @Override
        public void waiting(int tries, Duration delay) {
            told.add("try " + tries + " in " + delay.toMillis());
        }

        @Override
        public void resumed(ResumeReport report) {
            reports.add(report);
        }
    }

    FakeTransport.FakeLink link() {
        return transport.last();
    }

    /** The newest connection is open. */
    FakeTransport.FakeLink welcome() {
        link().say(WELCOME);
        return link();
    }

    /** A peer of epoch {@code e1} in room {@code r}, on an open connection, with nothing left to read. */
    Peer peer(String id, PeerListener listener) {
        CompletableFuture<Peer> peer = client.createPeer(id, "r", listener).toCompletableFuture();
        link().say("{'type':'peer-created','session_id':'" + id
                + "','success':true,'room_id':'r','peers':[],'epoch':'e1'}");
        link().sent();
        if (listener instanceof Notes notes) {
            notes.taken();
        }
        return peer.join();
    }

    /** The connection is gone; the next is open. Returns it. */
    FakeTransport.FakeLink reconnect() {
        link().listener.closed(1006, "cut");
        client.reconnectNow();
        return welcome();
    }

    /** A {@code message} that says {@code text}, to {@code b}. */
    static Signal signal(String text) {
        return Signal.to("b", Signal.Kind.MESSAGE, JsonObject.EMPTY.with("text", text));
    }

    /** The code with which it has failed; {@code open} or {@code done} if it has not. */
    static String outcome(CompletableFuture<?> future) {
        if (!future.isDone()) {
            return "open";
        }
        try {
            future.join();
            return "done";
        } catch (CompletionException failure) {
            return failure.getCause() instanceof TokenlyException named ? named.code() : String.valueOf(failure);
        }
    }
}
