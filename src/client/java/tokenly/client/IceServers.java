package tokenly.client;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;

/**
 * The ICE servers of one session, for which new credentials are asked for before theirs expire. Changed on the client's thread; the
 * list is read by all.
 */
final class IceServers {

    /** A day, as the server's; what lives longer is renewed as if it lived a day. */
    private static final long MOST_MILLIS = 86_400_000;

    private final Timer timer;
    private final Runnable ask;
    private volatile List<IceServer> servers = List.of();
    private Timer.@Nullable Task due; // not null exactly while a renewal is planned

    /** @param ask for new ones; does nothing where the server cannot be asked: the next answer about the session brings them */
    IceServers(Timer timer, Runnable ask) {
        this.timer = timer;
        this.ask = ask;
    }

    /** Those that the server has named last; immutable. Thread-safe. */
    List<IceServer> list() {
        return servers;
    }

    /** The server has named them, in place of all before: none where {@code frame} has none. */
    void take(JsonObject frame) {
        stop();
        servers = IceServer.all(frame);
        OptionalLong lifetime = frame.whole("ice_lifetime_ms");
        if (lifetime.isPresent() && lifetime.getAsLong() > 0) {
            Duration early = Duration.ofMillis(Math.min(lifetime.getAsLong(), MOST_MILLIS) * 3 / 4);
            due = timer.after(early, this::renew);
        }
    }

    private void renew() {
        due = null;
        ask.run();
    }

    /** The session has ended. */
    void stop() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }
}
