package tokenly.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tokenly.session.Store;

/** What one shard wants written in one transaction, and who waits for it. Belongs to the thread of the {@link Committer}. */
final class Share {

    private final Tenure tenure;
    private final List<CompletableFuture<@Nullable Void>> waiting = new ArrayList<>();
    private List<Step> news = new ArrayList<>(); // that the row does not have, as far as is known
    private List<Step> written = List.of(); // that it has; to be answered when it is sure that a standby has them, too
    private List<Step> all = List.of(); // that the next transaction does

    Share(Tenure tenure) {
        this.tenure = tenure;
    }

    Tenure tenure() {
        return tenure;
    }

    void add(List<Step> steps, CompletableFuture<@Nullable Void> answer) {
        news.addAll(steps);
        waiting.add(answer);
    }

    /** Puts together what the next transaction does; fails all if that cannot be. Returns whether there is such a transaction. */
    boolean isReady(RecentSteps recent) {
        if (!tenure.isOver()) {
            Optional<List<Step>> steps = tenure.with(news, recent);
            if (steps.isPresent()) {
                all = steps.get();
                return true;
            }
            tenure.depose();
        }
        fail(new Store.LostException("this node does not own shard " + tenure.shard() + " any more"));
        return false;
    }

    List<Step> all() {
        return all;
    }

    void isMoving() {
        tenure.isMoving();
    }

    void isSent() {
        tenure.isSent(all, news);
    }

    void isCommitted(RecentSteps recent) {
        tenure.settle(recent);
        waiting.forEach(answer -> answer.complete(null));
    }

    /** Compares with {@code row}, null if there is none, which was not as it was expected. */
    void compare(Tenure.@Nullable Row row, RecentSteps recent) {
        Tenure.Finding finding = row == null ? Tenure.Finding.OVER : tenure.compare(row, recent);
        if (finding == Tenure.Finding.OVER) {
            tenure.depose();
        } else if (finding == Tenure.Finding.DONE) {
            written = news;
            news = List.of();
        }
    }

    /** Tells those who wait that nothing is written; what turns out to be so nevertheless is undone. */
    void fail(IOException failure) {
        tenure.disown(written);
        waiting.forEach(answer -> answer.completeExceptionally(failure));
    }
}
