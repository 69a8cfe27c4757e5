package tokenly.access;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Places in the order in which they were taken. Guarded by {@link Places}. */
final class OpeningOrder {

    /** So that a search among many that hold sessions costs little, those are looked at again after this time only. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Set<Place> all = new LinkedHashSet<>(2);
    private final Queue<Place> candidates = new ArrayDeque<>(2); // and some that are gone
    private Duration lastLook = Duration.ofDays(-1);

    int size() {
        return all.size();
    }

    void add(Place place) {
        all.add(place);
        candidates.add(place);
        if (candidates.size() > 2 * all.size() + 16) {
            candidates.removeIf(candidate -> !all.contains(candidate));
        }
    }

    void remove(Place place) {
        all.remove(place);
    }

    /** The place of the connection that holds no session and has been open longest. */
    Optional<Place> oldestIdle(Duration now) {
        if (now.minus(lastLook).compareTo(AGAIN) >= 0) {
            lastLook = now;
            candidates.clear();
            candidates.addAll(all);
        }
        Optional<Place> idle = Optional.empty();
        List<Place> pending = new ArrayList<>(0);
        while (idle.isEmpty() && !candidates.isEmpty()) {
            Place place = candidates.remove();
            if (place.isPending()) {
                pending.add(place);
            } else if (place.isIdle()) {
                idle = Optional.of(place);
            }
        }
        candidates.addAll(pending);
        return idle;
    }
}
