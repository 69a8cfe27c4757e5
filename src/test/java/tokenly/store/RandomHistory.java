package tokenly.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tokenly.session.Credentials;
import tokenly.session.EndReason;
import tokenly.session.Epoch;
import tokenly.session.Incarnation;
import tokenly.session.Instance;
import tokenly.session.KeyHash;
import tokenly.session.Message;
import tokenly.session.ResetReason;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** Draws records that a model could write, and keeps the model that they make. */
final class RandomHistory {

    private static final int SESSIONS = 12;

    final ReferenceModel model = new ReferenceModel();
    private final Random random;
    private final int maxText;
    private int drawn;

    /** @param maxText most characters of a signal */
    RandomHistory(long seed, int maxText) {
        this.random = new Random(seed);
        this.maxText = maxText;
    }

    /** The next record; it counts once it is given to the model. */
    List<Change> next() {
        ReferenceModel after = new ReferenceModel();
        model.sessions().values().forEach(image -> after.adopt(image));
        List<Change> record = new ArrayList<>();
        int moves = random.nextInt(8) == 0 ? 3 : 1; // what is owed comes with what happens
        for (int i = 0; i < moves; i++) {
            List<Change> move = move(after);
            after.apply(move);
            record.addAll(move);
        }
        return record;
    }

    private List<Change> move(ReferenceModel now) {
        drawn++;
        SessionId id = new SessionId("s" + random.nextInt(SESSIONS));
        Image image = now.sessions().get(id);
        if (image == null && random.nextInt(4) == 0) {
            return List.of(new Change.Trimmed(id, drawn)); // an acknowledgement that crossed the end of its session
        }
        if (image == null) {
            return List.of(new Change.Created(id, new RoomId("r" + random.nextInt(3)), epoch(), credentials(), role()));
        }
        int dice = random.nextInt(100);
        if (dice < 3) {
            return List.of(new Change.Ended(id, EndReason.EXPIRED));
        }
        if (dice < 6) {
            return List.of(new Change.Restarted(id, epoch(), someCredentials()));
        }
        if (dice < 8) {
            return List.of(new Change.Overflowed(id));
        }
        if (dice < 12) {
            return List.of(new Change.Resumed(id, someCredentials()));
        }
        if (dice < 35) {
            long last = image.ackedSeq() + image.messages().size();
            return List.of(new Change.Trimmed(
                    id, last - random.nextInt(3) % (image.messages().size() + 1)));
        }
        return signal(image, now);
    }

    private List<Change> signal(Image sender, ReferenceModel now) {
        List<Change> changes = new ArrayList<>();
        long seq = sender.acceptedSeq() + 1;
        changes.add(new Change.Taken(sender.session(), seq));
        Message message = message(sender, seq);
        boolean isToAll = random.nextInt(4) == 0;
        for (Image other : now.sessions().values()) {
            if (!other.hasOverflowed() && (isToAll || random.nextInt(SESSIONS) == 0)) {
                long next = other.ackedSeq() + other.messages().size() + 1;
                changes.add(new Change.Appended(other.session(), next, message));
            }
        }
        return changes;
    }

    private Message message(Image sender, long seq) {
        SessionId id = sender.session();
        return switch (random.nextInt(20)) {
            case 0 -> new Message.PeerJoined(id, new Incarnation("i"));
            case 1 -> new Message.PeerAway(id, new Incarnation("i"));
            case 2 -> new Message.PeerBack(id, new Incarnation("i"));
            case 3 -> new Message.PeerLeft(id, EndReason.MOVED);
            case 4 -> new Message.PeerRestarted(id, new Incarnation("i"), ResetReason.STORE_WENT_BACK);
            case 5 -> new Message.Undeliverable(id, List.of(seq, 1L << 40), Message.UndeliverableReason.OVERFLOW);
            default ->
                new Message.Signalled(
                        id,
                        new Source(sender.epoch(), seq),
                        new Signal(Signal.Kind.OFFER, random.nextBoolean() ? id : null, text()));
        };
    }

    /** Told from every other one by its number. */
    private String text() {
        return drawn + "\u00e4\u20ac\ud83d\ude00".substring(0, random.nextInt(3)) + "x".repeat(random.nextInt(maxText));
    }

    private Epoch epoch() {
        return new Epoch("e" + drawn);
    }

    private Role role() {
        return random.nextBoolean() ? Role.OPEN : new Role("owner", random.nextBoolean(), random.nextBoolean());
    }

    private @Nullable Credentials credentials() {
        return random.nextInt(5) == 0 ? null : someCredentials();
    }

    private Credentials someCredentials() {
        String key = "k".repeat(43 - 3) + (100 + random.nextInt(3));
        return new Credentials(new KeyHash(key), new Instance("i" + random.nextInt(3)), drawn);
    }
}
