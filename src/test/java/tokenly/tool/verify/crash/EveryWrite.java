package tokenly.tool.verify.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tokenly.session.Store;
import tokenly.store.Disk;
import tokenly.store.Fsync;
import tokenly.store.JournalStore;
import tokenly.tool.verify.Verdict;

/**
 * Plays a small history again and again, each time with a server that dies at the next of all the changes that it makes to
 * its disk: once with nothing of it done, and once in the middle, and the next server dies soon after its start, too.
 */
public final class EveryWrite {

    /** So small that the store begins new files, cleans up and deletes all the time. */
    private static final int SEGMENT_BYTES = 1 << 10;

    /** Where the next server dies, in turn: while it reads, or at the first that it writes. */
    private static final int NEXT_STEPS = 8;

    /** Of crashes that broke a rule, so many are told. */
    private static final int TOLD = 3;

    private final long seed;
    private final Function<Disk, Store> stores;

    /** Of the embedded store; {@code seed} says who sends to whom. */
    public EveryWrite(long seed) {
        this(seed, EveryWrite::journal);
    }

    /** @param stores opens the store of a server on a disk that may die */
    EveryWrite(long seed, Function<Disk, Store> stores) {
        this.seed = seed;
        this.stores = stores;
    }

    /** The embedded store, set so that each force is a step, too. */
    static Store journal(Disk disk) {
        return new JournalStore(disk, Fsync.ALWAYS, SEGMENT_BYTES);
    }

    /**
     * A crash after which something was not as it should be.
     *
     * @param trouble why a server could not start again, if that is what was wrong
     */
    public record Failure(Crash crash, Verdict verdict, Optional<String> trouble) {}

    /**
     * What came of it.
     *
     * @param steps changes of the disk that the history makes
     * @param crashes of a server
     * @param failed histories in which a rule is broken
     * @param failures the first of them
     */
    public record Outcome(
            int steps,
            int crashes,
            int sent,
            int lost,
            int duplicated,
            int outOfOrder,
            int failed,
            List<Failure> failures) {

        static final Outcome NOTHING = new Outcome(0, 0, 0, 0, 0, 0, 0, List.of());

        public boolean holds() {
            return failed == 0;
        }

        private Outcome and(Crash crash, CrashRun play, Verdict verdict) {
            List<Failure> told = new ArrayList<>(failures);
            if (!verdict.holds() && told.size() < TOLD) {
                told.add(new Failure(crash, verdict, play.trouble()));
            }
            return new Outcome(
                    crash.step(),
                    crashes + play.kills(),
                    sent + verdict.fates().sent(),
                    lost + verdict.fates().lost(),
                    duplicated + verdict.duplicated(),
                    outOfOrder + verdict.outOfOrder(),
                    failed + (verdict.holds() ? 0 : 1),
                    List.copyOf(told));
        }
    }

    /** Plays it until a history comes to its end; {@code watcher} is told how far that is after each. */
    public Outcome run(Consumer<Outcome> watcher) {
        Outcome outcome = Outcome.NOTHING;
        for (int step = 1; ; step++) {
            for (Crash crash : List.of(new Crash(step, false, 0), new Crash(step, true, 1 + step % NEXT_STEPS))) {
                CrashRun play = new CrashRun(crash, stores, seed);
                Verdict verdict = Verdict.on(play.play());
                if (play.kills() == 0) {
                    return outcome;
                }
                outcome = outcome.and(crash, play, verdict);
                watcher.accept(outcome);
            }
        }
    }
}
