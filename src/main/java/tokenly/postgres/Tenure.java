package tokenly.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The time in which this node owns one shard under one fence, and where the shard stands: how far its row has moved, as far as is known.
 *
 * <p><b>What is in doubt.</b> When the answer to a COMMIT is lost, the row tells later: it stands where it stood, or behind the steps of that
 * transaction; it can stand nowhere else, as only this tenure moves it. If those who wait have been told meanwhile that their steps failed,
 * and the row shows that they were done, the next transaction undoes them and goes on in their place: failed stays failed for all that
 * follows. If the process dies before that, the step is there. That is harmless: the clients were told {@code store-failed}, or nothing;
 * they send the same numbers again, and the server takes them for repetitions.
 *
 * <p>Belongs to the thread of the {@link Committer}, but for what says otherwise.
 */
final class Tenure {

    private static final long UNKNOWN = -1;

    private final String self;
    private final int shard;
    private final long fence;
    private final Executor callbacks;
    private final Runnable whenDeposed;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile long position = UNKNOWN; // behind all steps that were answered, or are about to be
    private volatile long claimedAt; // the position at which the tenure began
    private long rowPosition; // of the row; below position where a failover has lost steps
    private boolean isClaimLost; // by a failover: the row has an older fence
    private List<Step> inDoubt = List.of(); // behind rowPosition, if they were committed
    private List<Step> doubtfulNews = List.of(); // those of them that are neither older ones once more, nor undo others
    private boolean isDoubtDisowned; // those who brought them were told that they failed
    private List<Step> undo = List.of();

    /** What a row of a shard says. */
    record Row(long fence, String owner, long position) {}

    /** What the row says of the last transaction. */
    enum Finding {
        /** It is not known to be done. */
        UNDONE,
        /** It is done. */
        DONE,
        /** Another node owns the shard, or what it lacks is lost: nothing can be written any more. */
        OVER
    }

    /**
     * @param self the owner
     * @param whenDeposed run once, on {@code callbacks}
     */
    Tenure(String self, int shard, long fence, Executor callbacks, Runnable whenDeposed) {
        this.self = self;
        this.shard = shard;
        this.fence = fence;
        this.callbacks = callbacks;
        this.whenDeposed = whenDeposed;
    }

    /** The shard is about to be recovered, where it stands; before the first step. Any thread. */
    void begin(long at) {
        rowPosition = at;
        claimedAt = at;
        position = at;
    }

    int shard() {
        return shard;
    }

    long fence() {
        return fence;
    }

    /** How far the shard must have come; below 0 before {@link #begin}. Any thread. */
    long position() {
        return position;
    }

    long rowPosition() {
        return rowPosition;
    }

    /** How far it had come when this node claimed it. */
    long claimedAt() {
        return claimedAt;
    }

    boolean isClaimLost() {
        return isClaimLost;
    }

    /** Any thread. */
    boolean isOver() {
        return isOver.get();
    }

    /** Another node owns the shard, or may: nothing is written any more. Any thread. */
    void depose() {
        if (isOver.compareAndSet(false, true)) {
            callbacks.execute(whenDeposed);
        }
    }

    /** The store is closed: nothing is written any more, and no one needs to hear of it. Any thread. */
    void end() {
        isOver.set(true);
    }

    /** All that must be written so that {@code news} are; empty if what the row lacks is lost. */
    Optional<List<Step>> with(List<Step> news, RecentSteps recent) {
        return recent.between(this, rowPosition, position).map(missing -> {
            List<Step> all = new ArrayList<>(missing);
            all.addAll(undo);
            all.addAll(news);
            return all;
        });
    }

    /** The row is moved by a transaction that is under way: so what was in doubt was never committed, and never will be. */
    void isMoving() {
        inDoubt = List.of();
    }

    /** {@code all}, which {@link #with} made of {@code news}, is about to be committed. */
    void isSent(List<Step> all, List<Step> news) {
        inDoubt = all;
        doubtfulNews = news;
        isDoubtDisowned = false;
    }

    /** What was sent is committed. */
    void settle(RecentSteps recent) {
        int first = Math.toIntExact(position - rowPosition);
        for (int i = first; i < inDoubt.size(); i++) {
            recent.add(this, rowPosition + i + 1, inDoubt.get(i));
        }
        rowPosition += inDoubt.size();
        position = rowPosition;
        isClaimLost = false;
        undo = List.of();
        inDoubt = List.of();
    }

    /** Those who brought {@code written}, which the row has, and what is in doubt, are told that it failed. */
    void disown(List<Step> written) {
        isDoubtDisowned = true;
        if (!written.isEmpty()) {
            undo = Step.inverse(written);
        }
    }

    /** Compares with the row, which was not as the last transaction expected it. */
    Finding compare(Row row, RecentSteps recent) {
        if (row.fence() > fence || (row.fence() == fence && !row.owner().equals(self))) {
            return Finding.OVER;
        }
        if (row.fence() < fence) {
            return claimIsLost(row);
        }
        if (!inDoubt.isEmpty() && row.position() == rowPosition + inDoubt.size()) {
            return settleLate(recent);
        }
        if (row.position() == rowPosition) {
            return Finding.UNDONE;
        }
        return goBack(row.position());
    }

    private Finding settleLate(RecentSteps recent) {
        List<Step> disowned = isDoubtDisowned ? doubtfulNews : List.of();
        boolean wasDisowned = isDoubtDisowned;
        settle(recent);
        undo = Step.inverse(disowned);
        return wasDisowned ? Finding.UNDONE : Finding.DONE;
    }

    /** Whatever is in the database under an older fence was there before this tenure, or another owner has gone on from there. */
    private Finding claimIsLost(Row row) {
        if (row.position() != claimedAt) {
            return Finding.OVER;
        }
        isClaimLost = true;
        return goBack(row.position());
    }

    private Finding goBack(long to) {
        if (to < claimedAt || to > position) {
            return Finding.OVER;
        }
        rowPosition = to;
        inDoubt = List.of();
        return Finding.UNDONE;
    }
}
