package tokenly.tool.verify.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The faults of a run, in the order of their beginning. Sessions are dealt to groups in turn, so that the members of a room
 * fare differently; no group has two faults of its own at a time, and the server neither.
 *
 * @param groups into which the sessions are dealt
 */
public record FaultSchedule(int groups, List<FaultEvent> events) {

    /** First all connect. */
    private static final Duration CALM_BEFORE = Duration.ofSeconds(1);

    /** At the end everything is healed for a while, so that the run does not end in the middle of a fault. */
    private static final Duration CALM_AFTER = Duration.ofSeconds(2);

    /** From the beginning of one fault to that of the next, on the average. */
    private static final Duration BETWEEN = Duration.ofMillis(800);

    /** From the end of a fault to the next one of the same group. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** The same of the server after a freeze, because all must come back. */
    private static final Duration REST_AFTER_FREEZE = Duration.ofSeconds(6);

    /** The same after a kill or restart: 2 to 4 s until it serves again, and on a busy machine 10. */
    private static final Duration REST_AFTER_RESTART = Duration.ofSeconds(8);

    /** The server's next fault is due at most so much later, so that every second one begins within 20 s of the one before. */
    private static final int SERVER_JITTER_MILLIS = 500;

    private static final int MOST_GROUPS = 8;

    public FaultSchedule {
        events = List.copyOf(events);
    }

    /** One without faults. */
    public static FaultSchedule calm(int sessions) {
        return new FaultSchedule(Math.min(MOST_GROUPS, sessions), List.of());
    }

    /**
     * Draws one: always the same for the same arguments. Each kind comes once before any comes twice; but among those of the
     * server every second one is a kill, so that there is one at least every 20 s.
     *
     * @param length of the run
     */
    public static FaultSchedule of(long seed, Duration length, int sessions, Collection<FaultKind> kinds) {
        FaultSchedule calm = calm(sessions);
        if (kinds.isEmpty()) {
            return calm;
        }
        return new FaultSchedule(calm.groups, calm.new Draw(seed, sessions, kinds).until(length.minus(CALM_AFTER)));
    }

    /** The group of {@code session}. */
    public int group(int session) {
        return session % groups;
    }

    private final class Draw {

        private final RandomGenerator random;
        private final RandomGenerator randomOfServer; // of its own, so that either's faults stay without the other's
        private final int sessions;
        private final Set<FaultKind> kinds;
        private final Duration[] restedAt = new Duration[groups];
        private final List<FaultEvent> drawn = new ArrayList<>();

        Draw(long seed, int sessions, Collection<FaultKind> kinds) {
            SplittableRandom seeded = new SplittableRandom(seed);
            this.randomOfServer = seeded.split();
            this.random = seeded;
            this.sessions = sessions;
            this.kinds = Set.copyOf(kinds);
            Arrays.fill(restedAt, CALM_BEFORE);
        }

        List<FaultEvent> until(Duration end) {
            drawOfClients(end);
            drawOfServer(end);
            drawn.sort(Comparator.comparing(FaultEvent::at));
            return IntStream.range(0, drawn.size())
                    .mapToObj(number -> numbered(number, drawn.get(number)))
                    .toList();
        }

        private void drawOfClients(Duration end) {
            Bag bag = new Bag(kinds, kind -> !kind.isOfServer());
            Duration at = CALM_BEFORE;
            while (!bag.isEmpty() && at.compareTo(end) < 0) {
                add(bag.draw(random), at, end);
                at = at.plus(Duration.ofMillis(random.nextInt(1, 2 * (int) BETWEEN.toMillis())));
            }
        }

        /** One more fault at about that time, if anybody is free for it and it is over before the end. */
        private void add(FaultKind kind, Duration at, Duration end) {
            int session = random.nextInt(sessions);
            Duration lasts = kind.draw(random);
            int group = group(session);
            Duration begins = at.compareTo(restedAt[group]) < 0 ? restedAt[group] : at;
            Duration ends = begins.plus(lasts);
            if (ends.compareTo(end) <= 0) {
                restedAt[group] = ends.plus(REST);
                drawn.add(new FaultEvent(0, kind, begins, lasts, whom(kind, session)));
            }
        }

        /** One after the other, as fast as the server can take them. */
        private void drawOfServer(Duration end) {
            Bag kills = new Bag(kinds, kind -> kind == FaultKind.KILL);
            Bag others = new Bag(kinds, kind -> kind.isOfServer() && kind != FaultKind.KILL);
            if (kills.isEmpty() && others.isEmpty()) {
                return;
            }
            boolean isKill = others.isEmpty() || !kills.isEmpty();
            Duration at = CALM_BEFORE.plus(jitter());
            while (true) {
                FaultKind kind = (isKill ? kills : others).draw(randomOfServer);
                Duration ends = at.plus(kind.draw(randomOfServer));
                if (ends.compareTo(end) > 0) {
                    return;
                }
                drawn.add(new FaultEvent(0, kind, at, ends.minus(at), whom(kind, 0)));
                at = ends.plus(kind == FaultKind.FREEZE ? REST_AFTER_FREEZE : REST_AFTER_RESTART)
                        .plus(jitter());
                isKill = isKill ? others.isEmpty() : !kills.isEmpty();
            }
        }

        private Duration jitter() {
            return Duration.ofMillis(randomOfServer.nextInt(SERVER_JITTER_MILLIS));
        }

        private List<Integer> whom(FaultKind kind, int session) {
            return switch (kind.scope()) {
                case SESSION -> List.of(session);
                case GROUP ->
                    IntStream.range(0, sessions)
                            .filter(other -> group(other) == group(session))
                            .boxed()
                            .toList();
                case SERVER -> IntStream.range(0, sessions).boxed().toList();
            };
        }

        private static FaultEvent numbered(int number, FaultEvent event) {
            return new FaultEvent(number, event.kind(), event.at(), event.lasts(), event.sessions());
        }
    }

    /** Kinds of faults, of which each is drawn once before any is drawn twice. */
    private static final class Bag {

        private final List<FaultKind> kinds;
        private final List<FaultKind> next = new ArrayList<>();

        Bag(Collection<FaultKind> kinds, Predicate<FaultKind> which) {
            this.kinds = kinds.stream().filter(which).sorted().distinct().toList();
        }

        boolean isEmpty() {
            return kinds.isEmpty();
        }

        FaultKind draw(RandomGenerator random) {
            if (next.isEmpty()) {
                next.addAll(kinds);
            }
            return next.remove(random.nextInt(next.size()));
        }
    }
}
