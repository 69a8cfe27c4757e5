package tokenly.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tokenly.session.SessionId;
import tokenly.wire.Incoming;

/** A client asks for one session, by {@code create-peer} or {@code resume}, and is not answered yet. */
final class Ask {

    /** What a client may say of a session before it is known where that is. */
    private static final int MOST_BEHIND = 256;

    final SessionId session;
    final String text;
    final Incoming frame;
    final Duration since;
    volatile int shard; // where it was brought last
    private final List<Later> behind = new ArrayList<>(0); // guarded by this
    private boolean isBrought; // guarded by this

    /** What a plain client has said of the session right behind. */
    record Later(String text, Incoming frame) {}

    /**
     * @param text the frame as it came, which may ask for others, too
     * @param frame the same, for this session alone
     */
    Ask(SessionId session, String text, Incoming frame, Duration since) {
        this.session = session;
        this.text = text;
        this.frame = frame;
        this.since = since;
    }

    /** Has {@code later} wait until it is brought; false if that is so, or too much waits. */
    synchronized boolean holds(Later later) {
        return !isBrought && behind.size() < MOST_BEHIND && behind.add(later);
    }

    /** It is brought to where its session is; hands out what waits behind. */
    synchronized List<Later> brought() {
        isBrought = true;
        List<Later> waiting = List.copyOf(behind);
        behind.clear();
        return waiting;
    }
}
