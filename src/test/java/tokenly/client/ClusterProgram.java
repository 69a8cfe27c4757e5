package tokenly.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What the clients of a {@link ClusterWorld} do, and what they got. */
final class ClusterProgram {

    static final List<String> ROOMS = List.of("r0", "r1", "r2");
    private static final int MOST_ROUNDS = 150;
    private static final int LONG = 20_000;

    final ClusterWorld world;
    final Map<String, ClusterMember> members = new LinkedHashMap<>(); // by name, as they are now
    final List<ClusterMember> all = new ArrayList<>();
    final Map<String, List<Integer>> received = new HashMap<>(); // by "from to"
    final List<CompletableFuture<?>> ends = new ArrayList<>();
    private final KeyStorage movingKeys = KeyStorage.memory();
    final ClusterOutcome outcome = new ClusterOutcome(this);
    private int signals;

    ClusterProgram(ClusterWorld world) {
        this.world = world;
        add(page(KeyStorage.memory()), "a", "r0");
        add(page(KeyStorage.memory()), "b", "r0");
        add(page(KeyStorage.memory()), "c", "r1");
        ClusterPage gateway = page(KeyStorage.memory());
        add(gateway, "g0", "r0");
        add(gateway, "g1", "r1");
        add(gateway, "g2", "r2");
        add(page(movingKeys), "m", "r2");
    }

    private ClusterPage page(KeyStorage keys) {
        return new ClusterPage(world, keys, world::anyNode);
    }

    /** Those of each page of that name. */
    private KeyStorage keys(String name) {
        return name.equals("m") ? movingKeys : KeyStorage.memory();
    }

    private ClusterMember add(ClusterPage page, String name, String room) {
        ClusterMember member = new ClusterMember(name, room, page, this::received);
        members.put(name, member);
        all.add(member);
        return member;
    }

    private void received(ClusterMember member, Delivery delivery) {
        int number = Integer.parseInt(delivery.fields().text("text").orElseThrow());
        List<Integer> numbers =
                received.computeIfAbsent(delivery.from() + " " + member.name, pair -> new ArrayList<>());
        world.require(
                numbers.isEmpty() || numbers.get(numbers.size() - 1) < number,
                () -> member + " gets " + number + " from " + delivery.from() + " after " + numbers);
        numbers.add(number);
    }

    private ClusterMember anyMember() {
        List<ClusterMember> now = List.copyOf(members.values());
        return now.get(world.random.nextInt(now.size()));
    }

    void send() {
        ClusterMember from = anyMember();
        if (!from.isThere()) {
            return;
        }
        List<String> others = members.values().stream()
                .filter(other -> other != from && other.room.equals(from.room))
                .map(other -> other.name)
                .toList();
        boolean isToAll = others.isEmpty() || world.random.nextInt(4) == 0;
        String to = isToAll ? null : others.get(world.random.nextInt(others.size()));
        from.send(signals++, to, world.random.nextInt(20) == 0 ? LONG : 0);
    }

    /** A session ends, moves, or another client wants its name. */
    void change() {
        ClusterMember member = anyMember();
        if (!member.isThere()) {
            return;
        }
        String room = ROOMS.get(world.random.nextInt(ROOMS.size()));
        if (member.name.equals("m")) {
            move(member, room);
        } else if (world.random.nextBoolean()) {
            world.note(() -> "destroy " + member);
            ends.add(member.destroy());
        } else {
            rival(member.name, room);
        }
    }

    /** A page is reloaded, and is in another room afterwards. */
    private void move(ClusterMember member, String room) {
        world.note(() -> "move " + member + " to " + room);
        member.isOver = true;
        member.page.vanish();
        add(page(movingKeys), member.name, room);
    }

    private void rival(String name, String room) {
        world.note(() -> "a rival of " + name + " in " + room);
        ClusterMember rival = new ClusterMember(name, room, page(KeyStorage.memory()), this::received);
        all.add(rival);
        ends.add(rival.peer.handle((peer, failure) -> endRival(rival, failure == null)));
    }

    private boolean endRival(ClusterMember rival, boolean isThere) {
        if (isThere) {
            ends.add(rival.destroy());
        }
        rival.page.client.close();
        return isThere;
    }

    /** What could not be created, or has ended, is created anew. */
    void comeBack() {
        for (ClusterMember member : List.copyOf(members.values())) {
            boolean isLeaving = member.isOver && !member.hasFailed() && !member.page.isGone && !isEnded(member);
            if (member.hasFailed() || (member.isOver && !isLeaving)) {
                boolean isClosed = member.page.client.state() == ClientState.CLOSED;
                add(isClosed ? page(keys(member.name)) : member.page, member.name, room(member));
            }
        }
        members.values().stream()
                .filter(member -> member.page.client.state() == ClientState.WAITING)
                .filter(member -> world.random.nextInt(4) == 0)
                .forEach(member -> member.page.client.reconnectNow());
    }

    private static boolean isEnded(ClusterMember member) {
        return member.peer.join().destroy().toCompletableFuture().isDone();
    }

    private String room(ClusterMember member) {
        return member.name.equals("m") ? ROOMS.get(world.random.nextInt(ROOMS.size())) : member.room;
    }

    void start() {
        for (int round = 0; round < MOST_ROUNDS && !areAllThere(); round++) {
            world.pass(Duration.ofMillis(100));
            comeBack();
        }
        world.require(areAllThere(), () -> "not all could be created: " + missingMembers());
    }

    private boolean areAllThere() {
        return members.values().stream().allMatch(ClusterMember::isThere);
    }

    private List<ClusterMember> missingMembers() {
        return members.values().stream().filter(member -> !member.isThere()).toList();
    }

    /**
     * Nothing breaks any more, until nothing is left to do. A session whose end a node could not write, and told its client of, is still
     * there at the next node: its name is free again when it has waited for that client in vain.
     */
    void settle() {
        world.heal();
        settle(MOST_ROUNDS);
        if (!outcome.unsettled().isEmpty() || !outcome.misplaced().isEmpty()) {
            world.note(() -> "beyond all windows: " + outcome.unsettled() + outcome.misplaced());
            world.timer.advance(FakeNode.POLICY.resumeWindow());
            settle(MOST_ROUNDS);
        }
        world.require(outcome.unsettled().isEmpty(), () -> "it does not come to an end: " + outcome.unsettled());
        world.settle(Duration.ofSeconds(3));
    }

    private void settle(int most) {
        for (int round = 0;
                round < most
                        && !(outcome.unsettled().isEmpty()
                                && outcome.misplaced().isEmpty());
                round++) {
            world.settle(Duration.ofMillis(500));
            comeBack();
        }
    }
}
