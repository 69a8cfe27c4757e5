package tokenly.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tokenly.session.RoomId;

/** How the shards are shared out. */
class BalanceTest {

    private static final Set<String> NONE = Set.of();

    private final Map<Integer, String> owners = new TreeMap<>();

    private Ownership.View view(String... alive) {
        return new Ownership.View(
                List.of(alive).stream()
                        .map(url -> new Ownership.Node(url, true, ""))
                        .toList(),
                IntStream.range(0, RoomId.SHARDS)
                        .mapToObj(shard -> new Ownership.Shard(
                                shard, Optional.ofNullable(owners.get(shard)), 1, !owners.containsKey(shard)))
                        .toList());
    }

    private Set<Integer> held(String node) {
        return owners.entrySet().stream()
                .filter(entry -> entry.getValue().equals(node))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** One beat of {@code node}, which claims and gives away. */
    private void beat(String node, String... alive) {
        Balance balance = Balance.of(view(alive), node, held(node), NONE::contains);
        balance.claims().forEach(shard -> owners.put(shard.number(), node));
        held(node).stream().limit(balance.gifts()).forEach(owners::remove);
    }

    private List<Integer> counts(String... nodes) {
        return List.of(nodes).stream().map(node -> held(node).size()).toList();
    }

    @Test
    void aLoneNodeTakesAll() {
        beat("a", "a");
        assertThat(counts("a")).containsExactly(64);
    }

    @Test
    void nodesThatComeGetTheirShareAndThenNothingMovesAnyMore() {
        beat("a", "a");
        for (int round = 0; round < 20; round++) {
            beat("a", "a", "b", "c");
            beat("b", "a", "b", "c");
            beat("c", "a", "b", "c");
        }
        assertThat(counts("a", "b", "c")).containsExactly(22, 21, 21);
        Map<Integer, String> settled = Map.copyOf(owners);
        beat("a", "a", "b", "c");
        beat("b", "a", "b", "c");
        beat("c", "a", "b", "c");
        assertThat(owners).isEqualTo(settled);
    }

    @Test
    void whatANodeHadWhoseLeaseIsOverIsSharedByTheOthers() {
        beat("a", "a", "b", "c");
        beat("b", "a", "b", "c");
        beat("c", "a", "b", "c");
        held("a").forEach(owners::remove); // expired
        beat("b", "b", "c");
        beat("c", "b", "c");
        assertThat(counts("b", "c")).containsExactly(32, 32);
    }

    @Test
    void whereNothingListensIsNotWaitedForTheLease() {
        beat("a", "a", "b");
        beat("b", "a", "b");
        Balance balance = Balance.of(view("a", "b"), "b", held("b"), "a"::equals);
        assertThat(balance.claims()).hasSize(32).allMatch(shard -> shard.owner().equals(Optional.of("a")));
    }

    @Test
    void whatItOwnedInARunBeforeIsItsOwnToClaim() {
        beat("a", "a");
        assertThat(Balance.of(view("a"), "a", Set.of(), NONE::contains).claims())
                .hasSize(64);
        assertThat(Balance.of(view("a"), "a", held("a"), NONE::contains).claims())
                .isEmpty();
    }

    @Test
    void twoThatClaimAtOnceBeginAtDifferentPlaces() {
        Set<Integer> first = Balance.of(view("a", "b"), "a", Set.of(), NONE::contains).claims().stream()
                .map(Ownership.Shard::number)
                .collect(Collectors.toSet());
        assertThat(Balance.of(view("a", "b"), "b", Set.of(), NONE::contains).claims())
                .hasSize(32)
                .noneMatch(shard -> first.contains(shard.number()));
    }
}
