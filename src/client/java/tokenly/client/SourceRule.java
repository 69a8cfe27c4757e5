package tokenly.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The second half of exactly once: of each peer in the room, a signal is processed only if its number is above that of the last
 * one of the same epoch. So a signal that is sent again over a reset of its receiver is processed once.
 */
class SourceRule {

    private final Map<String, Receipt> lastOf = new HashMap<>();

    /** Whether the signal {@code source} of {@code peer} is to be processed; if so, it counts as processed. */
    boolean accepts(String peer, Receipt source) {
        Receipt last = lastOf.get(peer);
        if (last != null && last.epoch().equals(source.epoch()) && source.seq() <= last.seq()) {
            return false;
        }
        lastOf.put(peer, source);
        return true;
    }

    /** {@code peer} is in the room no more: the next peer of that name begins another epoch. */
    void forget(String peer) {
        lastOf.remove(peer);
    }

    /** Only {@code peers} are in the room. */
    void forgetAllBut(Collection<String> peers) {
        lastOf.keySet().retainAll(Set.copyOf(peers));
    }
}
