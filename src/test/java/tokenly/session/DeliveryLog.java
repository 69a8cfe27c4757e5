package tokenly.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reference of who has sent what to whom, and what became of it. Every signal has a text of its own. */
final class DeliveryLog {

    private final World world;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Epoch, List<Entry>> byEpoch = new HashMap<>(); // of resumable senders
    private final Map<SessionId, Integer> lives = new HashMap<>(); // how often its client has begun anew
    private final Map<String, Long> lastSources = new HashMap<>(); // by instance and sender's epoch

    DeliveryLog(World world) {
        this.world = world;
    }

    private static final class Entry {

        final SessionId from;
        final Signal signal;
        final @Nullable Source source; // null for a plain sender
        final int life; // of the sender
        final Map<SessionId, Integer> audience; // those who shall get it, in which of their lives
        final Set<SessionId> doneFor = new HashSet<>(); // has processed it, or the sender knows that it will not
        boolean isAcknowledged;

        Entry(SessionId from, Signal signal, @Nullable Source source, int life, Map<SessionId, Integer> audience) {
            this.from = from;
            this.signal = signal;
            this.source = source;
            this.life = life;
            this.audience = audience;
        }

        @Override
        public String toString() {
            return from + " to " + signal.to() + ": " + signal.opaque() + " " + source;
        }
    }

    int life(SessionId session) {
        return lives.getOrDefault(session, 0);
    }

    /** The client of {@code session} has lost what it knew: what was under way to and from it is written off by name. */
    void beginAnew(SessionId session) {
        lives.merge(session, 1, Integer::sum);
    }

    /** @param present the resumable sessions that the sender may reach in its room */
    void sent(SessionId from, Signal signal, @Nullable Source source, List<SessionId> present) {
        Map<SessionId, Integer> audience = new HashMap<>();
        present.stream()
                .filter(peer -> !peer.equals(from)
                        && (signal.to() == null || signal.to().equals(peer)))
                .forEach(peer -> audience.put(peer, life(peer)));
        Entry entry = new Entry(from, signal, source, life(from), audience);
        entries.put(signal.opaque(), entry);
        if (source != null) {
            byEpoch.computeIfAbsent(source.epoch(), first -> new ArrayList<>()).add(entry);
        }
    }

    void acknowledged(Signal signal) {
        Objects.requireNonNull(entries.get(signal.opaque())).isAcknowledged = true;
    }

    /** {@code instance} has got {@code message} for its session {@code to}. */
    void processed(String instance, SessionId to, Message.Signalled message) {
        Entry entry = entries.get(message.signal().opaque());
        boolean isAsSent = entry != null
                && entry.signal.equals(message.signal())
                && entry.from.equals(message.from())
                && (entry.source == null || entry.source.equals(message.source()))
                && !to.equals(message.from())
                && (entry.signal.to() == null || entry.signal.to().equals(to));
        world.require(isAsSent, () -> to + " got what was never sent to it: " + message);
        if (isDropped(instance, to, message)) {
            return;
        }
        if (entry != null && entry.source != null) {
            requireAllBefore(to, entry);
        }
        if (entry != null) {
            entry.doneFor.add(to);
        }
    }

    /**
     * The rule of the source. Only a client that begins anew while the server does not know that it has left can be given
     * anything twice.
     */
    private boolean isDropped(String instance, SessionId to, Message.Signalled message) {
        String from = instance + "/" + to + "/" + message.source().epoch();
        long before = lastSources.getOrDefault(from, 0L);
        boolean isNew = message.source().seq() > before;
        world.require(isNew || world.faultMix.mayEnd(), () -> to + " got " + message + " after number " + before);
        lastSources.put(from, Math.max(before, message.source().seq()));
        return !isNew;
    }

    private void requireAllBefore(SessionId to, Entry entry) {
        for (Entry earlier : byEpoch.getOrDefault(sourceOf(entry).epoch(), List.of())) {
            if (earlier == entry) {
                return;
            }
            world.require(
                    earlier.life != entry.life
                            || !Objects.equals(earlier.audience.get(to), life(to))
                            || earlier.doneFor.contains(to),
                    () -> to + " got " + entry + " before " + earlier);
        }
    }

    private static Source sourceOf(Entry entry) {
        return Objects.requireNonNull(entry.source);
    }

    /** {@code sender} is told that {@code to}, or all if that is null, will not get its signals {@code seqs} of {@code epoch}. */
    void undeliverable(SessionId sender, Epoch epoch, @Nullable SessionId to, List<Long> seqs) {
        for (long seq : seqs) {
            Source source = new Source(epoch, seq);
            List<Entry> named = byEpoch.getOrDefault(epoch, List.of()).stream()
                    .filter(entry -> source.equals(entry.source) && entry.from.equals(sender))
                    .toList(); // more than one if its client began anew and the server did not event
            world.require(!named.isEmpty(), () -> sender + " is told of what it never sent: " + source + " to " + to);
            named.forEach(entry -> entry.doneFor.addAll(to == null ? entry.audience.keySet() : Set.of(to)));
        }
    }

    /** {@code sender} is told that the server has lost its signals above {@code received} in {@code epoch}. */
    void lost(SessionId sender, @Nullable Epoch epoch, long received) {
        if (epoch != null) {
            byEpoch.getOrDefault(epoch, List.of()).stream()
                    .filter(entry ->
                            entry.from.equals(sender) && sourceOf(entry).seq() > received)
                    .forEach(entry -> entry.doneFor.addAll(entry.audience.keySet()));
        }
    }

    /** {@code session} knows that {@code peer} has left, or lost what it knew: what was under way to it may be lost. */
    void writtenOff(SessionId session, SessionId peer) {
        entries.values().stream().filter(entry -> entry.from.equals(session)).forEach(entry -> entry.doneFor.add(peer));
    }

    /** All has come to rest: whatever was sent has arrived, or its sender knows. */
    void settle() {
        for (Entry entry : entries.values()) {
            if (entry.source != null) {
                settle(entry);
            }
        }
    }

    private void settle(Entry entry) {
        boolean isSenderTheSame = entry.life == life(entry.from);
        world.require(entry.isAcknowledged || !isSenderTheSame, () -> "at rest, and not acknowledged: " + entry);
        entry.audience.forEach((to, life) -> {
            boolean isReceiverTheSame = life == life(to);
            boolean isOwed = (isSenderTheSame || entry.isAcknowledged) && isReceiverTheSame;
            world.require(!isOwed || entry.doneFor.contains(to), () -> "lost without a word: " + entry + " for " + to);
        });
        SessionId to = entry.signal.to();
        // A copy of the store that was taken while it began new epochs has that of the one and not of the other.
        boolean isHalfNew = world.faultMix.losing() && world.faultMix.goingBack();
        if (to != null && isSenderTheSame && !world.isPlain(to) && !isHalfNew) {
            world.require(entry.doneFor.contains(to), () -> "neither arrived nor named to its sender: " + entry);
        }
    }
}
