package tokenly.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tokenly.session.Epoch;
import tokenly.session.Message;
import tokenly.session.Seqs;
import tokenly.session.SessionId;
import tokenly.session.Store.Loss;

/** The signals of mailboxes that are shed, by their senders: 16 bytes for each run of numbers. */
final class Losses {

    private final Map<SessionId, Map<Sender, Runs>> mailboxes = new HashMap<>();

    private record Sender(SessionId id, Epoch epoch) {}

    /** Mailbox {@code of} has lost {@code message}; the same one may come again. */
    void add(SessionId of, Message message) {
        Map<Sender, Runs> senders = mailboxes.computeIfAbsent(of, id -> new HashMap<>());
        if (message instanceof Message.Signalled signalled) {
            Sender sender = new Sender(signalled.from(), signalled.source().epoch());
            senders.computeIfAbsent(sender, key -> new Runs())
                    .add(signalled.source().seq());
        }
    }

    /** What mailbox {@code of} has lost so far was done with. */
    void forget(SessionId of) {
        mailboxes.remove(of);
    }

    /** All that mailbox {@code of} has lost. */
    List<Loss> of(SessionId of) {
        List<Loss> losses = new ArrayList<>();
        mailboxes
                .getOrDefault(of, Map.of())
                .forEach((sender, runs) -> losses.add(new Loss(sender.id(), sender.epoch(), runs.seqs())));
        return List.copyOf(losses);
    }

    /** Numbers, most of which follow the one that came before. */
    private static final class Runs {

        private long[] bounds = new long[2]; // the first and the last number of each run
        private int count; // of the bounds
        private long size;

        void add(long seq) {
            if (count > 0 && seq >= bounds[count - 2] && seq <= bounds[count - 1]) {
                return;
            }
            size++;
            if (count > 0 && seq == bounds[count - 1] + 1) {
                bounds[count - 1] = seq;
                return;
            }
            if (count == bounds.length) {
                bounds = Arrays.copyOf(bounds, count * 2);
            }
            bounds[count++] = seq;
            bounds[count++] = seq;
        }

        /** All of them, ascending, each once. */
        List<Long> seqs() {
            if (count == 2) {
                return Seqs.run(bounds[0], Math.toIntExact(size));
            }
            long[] all = new long[Math.toIntExact(size)];
            int filled = 0;
            for (int i = 0; i < count; i += 2) {
                for (long seq = bounds[i]; seq <= bounds[i + 1]; seq++) {
                    all[filled++] = seq;
                }
            }
            Arrays.sort(all);
            int distinct = 1;
            for (int i = 1; i < all.length; i++) {
                if (all[i] != all[distinct - 1]) {
                    all[distinct++] = all[i];
                }
            }
            return Seqs.of(distinct == all.length ? all : Arrays.copyOf(all, distinct));
        }
    }
}
