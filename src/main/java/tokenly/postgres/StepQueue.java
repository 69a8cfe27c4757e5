package tokenly.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The steps that wait for the next transaction, and who waits for each. Thread-safe. */
final class StepQueue {

    /** More goes into the transaction after it: a shard brings about 1 MiB at a time. */
    private static final long MAX_BYTES = 8L << 20;

    private final Deque<Request> requests = new ArrayDeque<>(); // guarded by itself
    private boolean isClosed; // guarded by requests

    private record Request(Tenure tenure, List<Step> steps, CompletableFuture<@Nullable Void> answer) {

        long size() {
            return steps.stream().mapToLong(Step::size).sum();
        }
    }

    /** Adds {@code steps} of one shard; {@code answer} fails at once if it is closed. */
    void offer(Tenure tenure, List<Step> steps, CompletableFuture<@Nullable Void> answer) {
        synchronized (requests) {
            if (!isClosed) {
                requests.add(new Request(tenure, steps, answer));
                requests.notifyAll();
                return;
            }
        }
        answer.completeExceptionally(new IOException("this node is about to stop"));
    }

    /** Takes what waits, by shards; waits until there is something. Nothing once it is closed and empty. */
    List<Share> take() {
        Map<Tenure, Share> shares = new LinkedHashMap<>();
        synchronized (requests) {
            while (requests.isEmpty() && !isClosed) {
                waitForMore();
            }
            long bytes = 0;
            while (!requests.isEmpty() && bytes < MAX_BYTES) {
                Request next = requests.remove();
                bytes += next.size();
                shares.computeIfAbsent(next.tenure(), Share::new).add(next.steps(), next.answer());
            }
        }
        return new ArrayList<>(shares.values());
    }

    @SuppressWarnings("WaitNotInLoop") // the caller has the loop
    private void waitForMore() {
        try {
            requests.wait();
        } catch (
                InterruptedException
                        notOurs) { // no code of ours interrupts that thread, and it must not end before this is closed
            System.getLogger(StepQueue.class.getName()).log(Level.DEBUG, "the thread that commits was interrupted");
        }
    }

    /** How many requests wait for the next transaction. */
    int size() {
        synchronized (requests) {
            return requests.size();
        }
    }

    /** Fails all that waits. */
    void failAll(IOException reason) {
        synchronized (requests) {
            requests.forEach(request -> request.answer().completeExceptionally(reason));
            requests.clear();
        }
    }

    boolean isClosed() {
        synchronized (requests) {
            return isClosed;
        }
    }

    /** Nothing is taken any more. */
    void close() {
        synchronized (requests) {
            isClosed = true;
            requests.notifyAll();
        }
    }
}
