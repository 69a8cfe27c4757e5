package tokenly.client;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the room of one session, as its listener knows it. What the listener knows already gives no call. An incarnation names the
 * owner of a name: while that stays the same, so does the incarnation. Changed on the client's thread; incarnations are read by all.
 */
final class Presence {

    private static final String REPLACED = "replaced";
    private static final String UNKNOWN = "unknown";

    private final String session;
    private final PeerListener listener;
    private final SourceRule sources;
    private final Map<String, Entry> peers = new ConcurrentHashMap<>();
    private long last; // number of the mailbox message after which the server has listed all peers
    private boolean isComplete; // false until the server has named all peers: until then, all that it says is news

    /** @param incarnation empty where an older server does not name it */
    private record Entry(String incarnation, boolean isAway) {}

    Presence(String session, PeerListener listener, SourceRule sources) {
        this.session = session;
        this.listener = listener;
        this.sources = sources;
    }

    /** The incarnation of a peer, if it is in the room and the server has named it. Thread-safe. */
    Optional<String> incarnation(String peer) {
        return Optional.ofNullable(peers.get(peer)).map(Entry::incarnation).filter(named -> !named.isEmpty());
    }

    /** It is not known any more who is in the room. */
    void clear() {
        peers.clear();
        isComplete = false;
    }

    /** A new epoch begins in a room with those of {@code snapshot}, of whom the listener is told otherwise; {@link #tellAway} follows. */
    void begin(Snapshot snapshot) {
        peers.keySet().retainAll(Set.copyOf(snapshot.peers()));
        snapshot.each((peer, incarnation, isAway) -> peers.put(peer, new Entry(incarnation, isAway)));
        last = snapshot.last();
        isComplete = true;
    }

    /** Tells the listener which of {@code snapshot} are away. */
    void tellAway(Snapshot snapshot) {
        snapshot.each((peer, incarnation, isAway) -> {
            if (isAway) {
                tell(() -> listener.away(peer));
            }
        });
    }

    /** Tells the listener how {@code snapshot} differs from what it knows. */
    void update(Snapshot snapshot) {
        Set<String> there = Set.copyOf(snapshot.peers());
        peers.keySet().stream().filter(peer -> !there.contains(peer)).toList().forEach(peer -> left(peer, UNKNOWN));
        snapshot.each((peer, incarnation, isAway) -> {
            meet(peer, incarnation);
            if (isAway) {
                away(peer, incarnation);
            } else {
                back(peer, incarnation);
            }
        });
        last = snapshot.last();
        isComplete = true;
    }

    /** Whether mailbox message {@code seq} is older than the list of all peers, which has what it says. */
    boolean isOld(long seq) {
        return seq <= last;
    }

    void joined(String peer, String incarnation) {
        if (incarnation.isEmpty()) { // an older server says so only where it is news
            peers.remove(peer);
        }
        meet(peer, incarnation);
    }

    void away(String peer, String incarnation) {
        Entry known = known(peer, incarnation);
        if (known == null || !known.isAway) {
            peers.put(peer, new Entry(known == null ? incarnation : known.incarnation, true));
            tell(() -> listener.away(peer));
        }
    }

    void back(String peer, String incarnation) {
        Entry known = known(peer, incarnation);
        if (known == null || known.isAway) {
            peers.put(peer, new Entry(known == null ? incarnation : known.incarnation, false));
            tell(() -> listener.back(peer));
        }
    }

    void restarted(String peer, String incarnation, String reason) {
        if (known(peer, incarnation) == null) {
            peers.put(peer, new Entry(incarnation, false));
        }
        tell(() -> listener.restarted(peer, reason));
    }

    /** The same, where a message says so that is older than the list of all peers: the list says who is there, and whether it is away. */
    void restartedBefore(String peer, String incarnation, String reason) {
        Entry known = peers.get(peer);
        if (known != null && !isAnother(known, incarnation)) {
            tell(() -> listener.restarted(peer, reason));
        }
    }

    void left(String peer, String reason) {
        boolean isNews = peers.remove(peer) != null || !isComplete;
        sources.forget(peer);
        if (isNews) {
            tell(() -> listener.left(peer, reason));
        }
    }

    /** What is known of {@code peer}, after another owner of its name was met; null if it is not known to be there. */
    private @Nullable Entry known(String peer, String incarnation) {
        if (peers.containsKey(peer)) {
            meet(peer, incarnation);
        }
        return peers.get(peer);
    }

    /** {@code peer} is there with {@code incarnation}: it joins, unless that is known. */
    private void meet(String peer, String incarnation) {
        Entry known = peers.get(peer);
        if (known != null && isAnother(known, incarnation)) {
            left(peer, REPLACED);
            known = null;
        }
        if (known == null) {
            peers.put(peer, new Entry(incarnation, false));
            tell(() -> listener.joined(peer));
        } else if (known.incarnation.isEmpty()) { // of a server that was older until now
            peers.put(peer, new Entry(incarnation, known.isAway));
        }
    }

    private static boolean isAnother(Entry known, String incarnation) {
        return !known.incarnation.isEmpty() && !incarnation.isEmpty() && !known.incarnation.equals(incarnation);
    }

    private void tell(Runnable call) {
        SafeCall.call(session, call);
    }
}
