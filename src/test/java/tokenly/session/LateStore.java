package tokenly.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A store that answers when it is told to, in order, well or not; it outlives the server, and may have lost its end. */
final class LateStore implements Store {

    private final List<List<Change>> records = new ArrayList<>();
    private final Queue<Asked> asked = new ArrayDeque<>();
    private final Set<SessionId> doubtful = new HashSet<>(); // have not begun a new epoch since something was lost
    private StoreFold written = new StoreFold();

    /** Answers at once what nothing else waits before. */
    boolean isPrompt;

    private record Asked(List<Change> changes, CompletableFuture<@Nullable Void> answer) {}

    @Override
    public CompletionStage<Recovered> recover(long mailboxBytes) {
        return CompletableFuture.completedStage(Recovered.NOTHING);
    }

    @Override
    public CompletionStage<@Nullable Void> append(List<Change> changes) {
        Asked next = new Asked(List.copyOf(changes), new CompletableFuture<>());
        asked.add(next);
        if (isPrompt && asked.size() == 1) {
            write();
        }
        return next.answer();
    }

    boolean isAsked() {
        return !asked.isEmpty();
    }

    /** Takes the oldest record and says so. */
    void write() {
        Asked oldest = asked.remove();
        keep(oldest.changes());
        oldest.answer().complete(null);
    }

    /** Refuses the oldest record. */
    void fail() {
        asked.remove().answer().completeExceptionally(new IllegalStateException("the disk is full"));
    }

    private void keep(List<Change> changes) {
        records.add(changes);
        written.apply(changes);
        changes.stream()
                .filter(change -> change instanceof Change.Restarted || change instanceof Change.Ended)
                .forEach(change -> doubtful.remove(change.session()));
    }

    /** What it has said to be written, as a whole. */
    StoreFold written() {
        return written;
    }

    /**
     * The server is killed: nobody hears an answer any more.
     *
     * @param unheard how many of the records that wait for an answer are written all the same
     * @param forgotten how many records at the end are lost though they were answered
     * @param isNoticed whether the store knows that it has lost something
     */
    Recovered restart(int unheard, int forgotten, boolean isNoticed) {
        for (int i = 0; i < unheard && isAsked(); i++) {
            keep(asked.remove().changes());
        }
        asked.clear();
        if (forgotten > 0) {
            records.subList(Math.max(0, records.size() - forgotten), records.size())
                    .clear();
            written = new StoreFold();
            records.forEach(written::apply);
            written.images().stream()
                    .filter(image -> isNoticed && image.credentials() != null)
                    .forEach(image -> doubtful.add(image.session()));
        }
        return new Recovered(List.copyOf(written.images()), doubtful.isEmpty());
    }
}
