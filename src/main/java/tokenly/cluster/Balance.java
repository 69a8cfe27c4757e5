package tokenly.cluster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tokenly.session.RoomId;

/**
 * How many shards each node is to have: as many as every other one, give or take one.
 *
 * @param claims those that this node should claim now
 * @param gifts how many it should give away now
 */
record Balance(List<Ownership.Shard> claims, int gifts) {

    /** At a time: a few, so that the others have recovered them before the next ones wait. */
    private static final int MOST_GIFTS = 8;

    /**
     * @param own URL of this node
     * @param held shards that it owns, or is about to
     * @param isDead whether nothing listens at the URL of a node
     */
    static Balance of(Ownership.View view, String own, Set<Integer> held, Predicate<String> isDead) {
        List<String> alive = view.nodes().stream()
                .filter(Ownership.Node::isAlive)
                .map(Ownership.Node::url)
                .filter(url -> url.equals(own) || !isDead.test(url))
                .sorted()
                .toList();
        int nodes = Math.max(1, alive.size());
        int place = Math.max(0, alive.indexOf(own));
        int share = RoomId.SHARDS / nodes + (place < RoomId.SHARDS % nodes ? 1 : 0);
        List<Ownership.Shard> free = view.shards().stream()
                .filter(shard -> !held.contains(shard.number()) && isFree(shard, own, isDead))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.rotate(free, -place * free.size() / nodes); // so that others begin elsewhere
        List<Ownership.Shard> claims = view.shards().stream()
                .filter(shard -> !held.contains(shard.number()) && isOwn(shard, own))
                .collect(Collectors.toCollection(ArrayList::new));
        free.stream()
                .filter(shard -> !isOwn(shard, own))
                .limit(Math.max(0, share - held.size() - claims.size()))
                .forEach(claims::add);
        return new Balance(claims, gifts(view, own, alive, held.size(), share));
    }

    /** One that this node owns and has not is of a run before, or could not be given away: its beats keep the others from it. */
    private static boolean isOwn(Ownership.Shard shard, String own) {
        return shard.owner().filter(own::equals).isPresent();
    }

    /** Whether nobody is in the way of a claim. */
    private static boolean isFree(Ownership.Shard shard, String own, Predicate<String> isDead) {
        return shard.isExpired()
                || shard.owner()
                        .filter(owner -> owner.equals(own) || isDead.test(owner))
                        .isPresent();
    }

    /** None while nobody has too few: they would only wander. */
    private static int gifts(Ownership.View view, String own, List<String> alive, int held, int share) {
        Map<String, Long> counts = view.shards().stream()
                .flatMap(shard -> shard.owner().stream())
                .collect(Collectors.groupingBy(owner -> owner, Collectors.counting()));
        long missing = alive.stream()
                .filter(url -> !url.equals(own))
                .mapToLong(url -> Math.max(0, RoomId.SHARDS / alive.size() - counts.getOrDefault(url, 0L)))
                .sum();
        return (int) Math.min(MOST_GIFTS, Math.min(missing, Math.max(0, held - share)));
    }
}
