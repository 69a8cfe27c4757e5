package tokenly.tool.verify.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The faults of a run, in the order of their beginning. Sessions are dealt to groups in turn, so that the members of a room
 * fare differently; no group has two faults of its own at a time, and the server neither.
 *
 * @param groups into which the sessions are dealt
 */
public record Schedule(int groups, List<FaultEvent> events) {

    /** First all connect. */
    private static final Duration CALM_BEFORE = Duration.ofSeconds(1);

    /** At the end everything is healed for a while, so that the run does not end in the middle of a fault. */
    private static final Duration CALM_AFTER = Duration.ofSeconds(2);

    /** From the beginning of one fault to that of the next, on the average. */
    private static final Duration BETWEEN = Duration.ofMillis(800);

    /** From the end of a fault to the next one of the same group. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** The same of the server, because all must come back. */
    private static final Duration REST_OF_SERVER = Duration.ofSeconds(8);

    /** After a restart, which on a busy machine takes 10 to 20 s: most of a run has to have a server. */
    private static final Duration REST_AFTER_RESTART = Duration.ofSeconds(40);

    private static final int MOST_GROUPS = 8;

    public Schedule {
        events = List.copyOf(events);
    }

    /** One without faults. */
    public static Schedule calm(int sessions) {
        return new Schedule(Math.min(MOST_GROUPS, sessions), List.of());
    }

    /**
     * Draws one: always the same for the same arguments. Each kind comes once before any comes twice.
     *
     * @param length of the run
     */
    public static Schedule of(long seed, Duration length, int sessions, Collection<FaultKind> kinds) {
        Schedule calm = calm(sessions);
        if (kinds.isEmpty()) {
            return calm;
        }
        return new Schedule(calm.groups, calm.new Draw(seed, sessions, kinds).until(length.minus(CALM_AFTER)));
    }

    /** The group of {@code session}. */
    public int group(int session) {
        return session % groups;
    }

    private final class Draw {

        private final RandomGenerator random;
        private final int sessions;
        private final List<FaultKind> kinds;
        private final List<FaultKind> next = new ArrayList<>();
        private final Duration[] restedAt = new Duration[groups + 1]; // the last one is the server's
        private final List<FaultEvent> drawn = new ArrayList<>();

        Draw(long seed, int sessions, Collection<FaultKind> kinds) {
            this.random = new SplittableRandom(seed);
            this.sessions = sessions;
            this.kinds = kinds.stream().sorted().distinct().toList();
            Arrays.fill(restedAt, CALM_BEFORE);
        }

        List<FaultEvent> until(Duration end) {
            for (Duration at = CALM_BEFORE; at.compareTo(end) < 0; at = at.plus(pause())) {
                add(at, end);
            }
            drawn.sort(Comparator.comparing(FaultEvent::at));
            return IntStream.range(0, drawn.size())
                    .mapToObj(number -> numbered(number, drawn.get(number)))
                    .toList();
        }

        private Duration pause() {
            return Duration.ofMillis(random.nextInt(1, 2 * (int) BETWEEN.toMillis()));
        }

        /** One more fault at about that time, if anybody is free for it and it is over before the end. */
        private void add(Duration at, Duration end) {
            FaultKind kind = kind();
            int session = random.nextInt(sessions);
            Duration lasts = kind.draw(random);
            int place = kind.scope() == FaultKind.Scope.SERVER ? groups : group(session);
            Duration begins = at.compareTo(restedAt[place]) < 0 ? restedAt[place] : at;
            Duration ends = begins.plus(lasts);
            if (ends.compareTo(end) <= 0) {
                restedAt[place] = ends.plus(rest(kind));
                drawn.add(new FaultEvent(0, kind, begins, lasts, whom(kind, session)));
            }
        }

        private static Duration rest(FaultKind kind) {
            return switch (kind.scope()) {
                case GROUP, SESSION -> REST;
                case SERVER -> kind == FaultKind.RESTART ? REST_AFTER_RESTART : REST_OF_SERVER;
            };
        }

        private FaultKind kind() {
            if (next.isEmpty()) {
                next.addAll(kinds);
            }
            return next.remove(random.nextInt(next.size()));
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
}
