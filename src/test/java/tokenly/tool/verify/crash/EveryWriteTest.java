package tokenly.tool.verify.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tokenly.QuietLog;
import tokenly.session.Store;
import tokenly.store.Disk;
import tokenly.store.FakeDisk;
import tokenly.tool.verify.Verdict;
import tokenly.tool.verify.check.Rule;
import tokenly.tool.verify.history.EventText;

@ExtendWith(QuietLog.class)
@Tag("slow")
class EveryWriteTest {

    private static final long SEED = 1;

    @Test
    void whicheverWriteIsTheLastNothingIsLost() {
        EveryWrite.Outcome outcome = new EveryWrite(SEED).run(soFar -> {});
        assertThat(outcome.holds()).as(first(outcome)).isTrue();
        assertThat(outcome.crashes()).isGreaterThan(outcome.steps());
        assertThat(outcome.lost() + outcome.duplicated() + outcome.outOfOrder()).isZero();
    }

    private static String first(EveryWrite.Outcome outcome) {
        StringBuilder text = new StringBuilder(outcome.failed() + " failed");
        for (EveryWrite.Failure failure : outcome.failures()) {
            EventText words = new EventText(failure.verdict().history());
            text.append('\n').append(failure.crash());
            failure.verdict()
                    .findings()
                    .forEach(findings -> findings.violations().stream().limit(1).forEach(violation -> {
                        text.append("\n  ")
                                .append(violation.rule())
                                .append(": ")
                                .append(violation.what());
                        violation.proof().forEach(event -> text.append("\n    ").append(words.line(event)));
                    }));
        }
        return text.toString();
    }

    @Test
    void theHistoryHasTheStoreDeleteWhatItHasCleanedUp() throws IOException {
        FakeDisk[] disk = new FakeDisk[1];
        new CrashRun(
                        new Crash(Integer.MAX_VALUE, false, 0),
                        opened -> {
                            disk[0] = (FakeDisk) opened;
                            return EveryWrite.journal(opened);
                        },
                        SEED)
                .play();
        assertThat(disk[0].names().get(0)).as("the oldest file").isGreaterThan("0000000009.journal");
        assertThat(disk[0].names()).hasSizeLessThan(9);
    }

    @Test
    void aStoreThatAnswersBeforeItHasWrittenIsFound() {
        assertThat(broken(HastyStore::new)).contains(Rule.RESETS, Rule.NOTHING_LOST);
    }

    @Test
    void aStoreThatCannotBeReadAgainIsFound() {
        assertThat(broken(EpochlessStore::new)).contains(Rule.RESUMES);
    }

    /** By a crash at one of some writes. */
    private static Set<Rule> broken(Function<Disk, Store> stores) {
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        for (int step = 100; step < 900; step += 9) {
            Verdict.on(new CrashRun(new Crash(step, true, 0), stores, SEED).play()).findings().stream()
                    .filter(findings -> !findings.isClean())
                    .forEach(findings -> broken.add(findings.rule()));
        }
        return broken;
    }

    /** Keeps the last record for itself until the next one comes. */
    private static final class HastyStore implements Store {

        private final Store journal;
        private List<Change> last = List.of();

        HastyStore(Disk disk) {
            this.journal = EveryWrite.journal(disk);
        }

        @Override
        public CompletionStage<Recovered> recover(long mailboxBytes) {
            return journal.recover(mailboxBytes);
        }

        @Override
        public CompletionStage<@Nullable Void> append(List<Change> changes) {
            List<Change> late = last;
            last = changes;
            return journal.append(late);
        }
    }

    /** Writes everything but that a session begins a new epoch. */
    private static final class EpochlessStore implements Store {

        private final Store journal;

        EpochlessStore(Disk disk) {
            this.journal = EveryWrite.journal(disk);
        }

        @Override
        public CompletionStage<Recovered> recover(long mailboxBytes) {
            return journal.recover(mailboxBytes);
        }

        @Override
        public CompletionStage<@Nullable Void> append(List<Change> changes) {
            return journal.append(changes.stream()
                    .filter(change -> !(change instanceof Change.Restarted))
                    .toList());
        }
    }
}
