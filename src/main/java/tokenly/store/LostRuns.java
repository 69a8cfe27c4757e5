package tokenly.store;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tokenly.session.Seqs;
import tokenly.session.Store.Loss;

/** The numbers of signals that one mailbox has lost, in runs, sorted by sender and number; no two runs overlap. */
final class LostRuns {

    /** What one run takes. */
    static final int RUN_BYTES = Integer.BYTES + 2 * Long.BYTES;

    private int[] from = new int[1];
    private long[] first = new long[1];
    private long[] last = new long[1];
    private int count;
    private int senders;

    /** What is made of the numbers of one sender. */
    interface Naming {

        /** What {@code sender} has lost: its signals {@code seqs}, ascending. */
        Loss name(int sender, List<Long> seqs);
    }

    /** Adds signal {@code seq} of {@code sender}, unless it is there. */
    void add(int sender, long seq) {
        int next = behind(sender, seq);
        boolean hasBefore = next > 0 && from[next - 1] == sender;
        if (hasBefore && seq <= last[next - 1]) {
            return;
        }
        if (hasBefore && seq == last[next - 1] + 1) {
            last[next - 1] = seq;
            return;
        }
        boolean hasAfter = next < count && from[next] == sender;
        senders += hasBefore || hasAfter ? 0 : 1;
        insert(next, sender, seq);
    }

    /** The first run behind all that begin at or before {@code seq} of {@code sender}. */
    private int behind(int sender, long seq) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean isBehind = from[middle] > sender || (from[middle] == sender && first[middle] > seq);
            if (isBehind) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void insert(int at, int sender, long seq) {
        if (count == from.length) {
            int more = count + count / 2 + 1;
            from = Arrays.copyOf(from, more);
            first = Arrays.copyOf(first, more);
            last = Arrays.copyOf(last, more);
        }
        System.arraycopy(from, at, from, at + 1, count - at);
        System.arraycopy(first, at, first, at + 1, count - at);
        System.arraycopy(last, at, last, at + 1, count - at);
        from[at] = sender;
        first[at] = seq;
        last[at] = seq;
        count++;
    }

    /** How many runs there are. */
    int count() {
        return count;
    }

    /** How many senders have runs. */
    int senders() {
        return senders;
    }

    /** A view with one element for each sender, made when it is asked for; not to be used after another {@link #add}. */
    List<Loss> bySender(Naming naming) {
        int[] starts = starts();
        return new AbstractList<>() {
            @Override
            public Loss get(int index) {
                Objects.checkIndex(index, size());
                return naming.name(from[starts[index]], seqs(starts[index], starts[index + 1]));
            }

            @Override
            public int size() {
                return starts.length - 1;
            }
        };
    }

    /** Where the runs of each sender begin, and the end of all. */
    private int[] starts() {
        int[] starts = new int[senders + 1];
        int filled = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || from[i] != from[i - 1]) {
                starts[filled++] = i;
            }
        }
        starts[filled] = count;
        return starts;
    }

    private List<Long> seqs(int start, int end) {
        long size = 0;
        for (int i = start; i < end; i++) {
            size += last[i] - first[i] + 1;
        }
        if (size == last[end - 1] - first[start] + 1) {
            return Seqs.run(first[start], Math.toIntExact(size));
        }
        long[] all = new long[Math.toIntExact(size)];
        int filled = 0;
        for (int i = start; i < end; i++) {
            for (long seq = first[i]; seq <= last[i]; seq++) {
                all[filled++] = seq;
            }
        }
        return Seqs.of(all);
    }
}
