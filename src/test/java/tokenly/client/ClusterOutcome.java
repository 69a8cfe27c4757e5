package tokenly.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tokenly.session.RoomId;
import tokenly.session.SessionId;

/** What a {@link ClusterProgram} has come to. */
final class ClusterOutcome {

    private final ClusterProgram program;

    ClusterOutcome(ClusterProgram program) {
        this.program = program;
    }

    /** What is still to be done. */
    List<String> unsettled() {
        Stream<String> away = program.members.values().stream()
                .filter(member -> !member.isThere() || !member.page.isConnected())
                .map(member -> member + " is away");
        Stream<String> unsent = program.all.stream()
                .filter(member -> !member.page.isGone)
                .flatMap(member -> member.sent.stream()
                        .filter(one -> !one.receipt.isDone())
                        .map(one -> member + " waits for the receipt of " + one.number));
        Stream<String> unread = program.world.database.rows().stream()
                .flatMap(row -> row.images().stream())
                .filter(image -> !image.messages().isEmpty())
                .map(image -> image.session() + " has not read all");
        Stream<String> unowned = Stream.iterate(0, shard -> shard < RoomId.SHARDS, shard -> shard + 1)
                .filter(shard -> program.world.holdersOf(shard).size() != 1)
                .map(shard -> "shard " + shard + " of " + program.world.database.row(shard).owner + " is at "
                        + program.world.holdersOf(shard));
        Stream<String> leaving =
                program.ends.stream().filter(end -> !end.isDone()).map(end -> "one does not leave");
        return Stream.of(away, unsent, unread, unowned, leaving)
                .flatMap(some -> some)
                .toList();
    }

    /** Signals for one addressee that have not arrived, and whose sender does not know it. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (ClusterMember from : program.all) {
            from.sent.stream()
                    .filter(one -> one.to != null && !from.isOver && !from.knowsOf(one))
                    .filter(one -> !program.received
                            .getOrDefault(from.name + " " + one.to, List.of())
                            .contains(one.number))
                    .forEach(one -> missing.add(one.number + " from " + from + " to " + one.to));
        }
        return missing;
    }

    /** What all would have got if nothing were ever lost, and all had always been there. */
    Map<String, List<Integer>> expected() {
        Map<String, List<Integer>> expected = new HashMap<>();
        for (ClusterMember from : program.all) {
            for (ClusterMember.Sent one : from.sent) {
                program.members.values().stream()
                        .filter(to -> to != from && to.room.equals(from.room))
                        .filter(to -> one.to == null || Objects.equals(one.to, to.name))
                        .forEach(to -> expected.computeIfAbsent(from.name + " " + to.name, pair -> new ArrayList<>())
                                .add(one.number));
            }
        }
        return expected;
    }

    /** Names whose sessions the database has twice, or at another place than it says. */
    List<String> misplaced() {
        Map<String, List<Integer>> places = new HashMap<>();
        program.world
                .database
                .rows()
                .forEach(row -> row.images()
                        .forEach(image -> places.computeIfAbsent(image.session().value(), name -> new ArrayList<>())
                                .add(row.number)));
        return Stream.concat(
                        places.entrySet().stream()
                                .filter(entry -> !entry.getValue()
                                        .equals(program.world
                                                .database
                                                .shardOf(new SessionId(entry.getKey()))
                                                .map(List::of)
                                                .orElse(List.of())))
                                .map(entry -> entry.getKey() + " is in shards " + entry.getValue()),
                        program.world.database.ids().stream()
                                .filter(id -> !places.containsKey(id.value()))
                                .map(id -> id + " is in use nowhere"))
                .collect(Collectors.toList());
    }

    List<String> resets() {
        return program.all.stream()
                .filter(member -> !member.resets.isEmpty())
                .map(member -> member + ": " + member.resets)
                .toList();
    }
}
