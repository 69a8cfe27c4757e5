package tokenly.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tokenly.session.Credentials;
import tokenly.session.Epoch;
import tokenly.session.Incarnation;
import tokenly.session.Instance;
import tokenly.session.KeyHash;
import tokenly.session.Message;
import tokenly.session.ResumeKey;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.Seqs;
import tokenly.session.SessionId;
import tokenly.session.Signal;
import tokenly.session.Source;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** Bytes to entries, as {@link EntryEncoder} wrote them. One thread at a time. */
final class EntryDecoder {

    /**
     * Ids that are kept to be used again. Few, for they come in runs, and an id may take 300 bytes; those that messages keep
     * are shared by way of the index.
     */
    private static final int MAX_IDS = 1 << 10;

    private final @Nullable Index shared;
    private final Map<String, SessionId> sessions = new HashMap<>(); // so that most ids are checked, and held, once
    private final Map<String, Epoch> epochs = new HashMap<>();
    private final List<Message> messages = new ArrayList<>(); // of the record, in the order in which they came first
    private final Entry.Offsets offsets = new Entry.Offsets();
    private Input in = new Input(new byte[0], 0, 0);
    private boolean areKeysRaw;

    EntryDecoder() {
        this(null);
    }

    /** Makes entries whose ids and epochs are the objects that {@code shared} has, where it has them. */
    EntryDecoder(@Nullable Index shared) {
        this.shared = shared;
    }

    /**
     * Reads what follows as an older version wrote it, or not.
     *
     * @param areRaw whether keys stand there, and not their hashes
     */
    void keys(boolean areRaw) {
        areKeysRaw = areRaw;
    }

    /** Where each snapshot and change of the last entry begins, and the last one ends, in the array that it was read from. */
    Entry.Offsets offsets() {
        return offsets;
    }

    /**
     * Decodes {@code bytes} from {@code start} to {@code end}.
     *
     * @throws RuntimeException if that is no entry
     */
    Entry decode(byte[] bytes, int start, int end) {
        in = new Input(bytes, start, end);
        messages.clear();
        offsets.cut(0);
        List<Entry.Snapshot> snapshots = new ArrayList<>(0);
        for (int i = in.getCount(); i > 0; i--) {
            offsets.add(in.position());
            snapshots.add(snapshot());
        }
        int count = in.getCount();
        List<Change> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            offsets.add(in.position());
            changes.add(change());
        }
        offsets.add(in.position());
        if (!in.isAtEnd()) {
            throw new IndexOutOfBoundsException("a record is longer than what it says");
        }
        return new Entry(snapshots, changes);
    }

    private Entry.Snapshot snapshot() {
        SessionId session = session();
        RoomId room = new RoomId(in.getId());
        Epoch epoch = epoch();
        Credentials credentials = credentials();
        long acceptedSeq = in.getNumber();
        long ackedSeq = in.getNumber();
        int flags = in.getByte();
        Role role = (flags & LogFormat.HAS_ROLE) == 0 ? Role.OPEN : role();
        boolean hasOverflowed = (flags & LogFormat.HAS_OVERFLOWED) != 0;
        Image identity =
                new Image(session, room, epoch, credentials, role, acceptedSeq, ackedSeq, List.of(), hasOverflowed);
        return new Entry.Snapshot(identity, (flags & LogFormat.IS_SUSPECT) != 0);
    }

    private Change change() {
        int kind = in.getByte();
        SessionId session = session();
        return switch (kind) {
            case LogFormat.CREATED ->
                new Change.Created(session, new RoomId(in.getId()), epoch(), credentials(), Role.OPEN);
            case LogFormat.CREATED_AS ->
                new Change.Created(session, new RoomId(in.getId()), epoch(), credentials(), role());
            case LogFormat.RESUMED -> new Change.Resumed(session, someCredentials());
            case LogFormat.RESTARTED -> new Change.Restarted(session, epoch(), someCredentials());
            case LogFormat.TAKEN -> new Change.Taken(session, in.getNumber());
            case LogFormat.APPENDED -> new Change.Appended(session, in.getNumber(), message());
            case LogFormat.TRIMMED -> new Change.Trimmed(session, in.getNumber());
            case LogFormat.OVERFLOWED -> new Change.Overflowed(session);
            case LogFormat.ENDED -> new Change.Ended(session, LogFormat.END_REASONS.get(in.getByte()));
            default -> throw new IndexOutOfBoundsException("no change has the number " + kind);
        };
    }

    private Message message() {
        long index = in.getNumber();
        if (index > 0) {
            return messages.get((int) index - 1);
        }
        Message message = firstTime();
        messages.add(message);
        return message;
    }

    private Message firstTime() {
        int kind = in.getByte();
        if (kind == LogFormat.UNDELIVERABLE_TO_ALL) {
            return undeliverable(null);
        }
        SessionId peer = session();
        return switch (kind) {
            case LogFormat.SIGNALLED -> new Message.Signalled(peer, new Source(epoch(peer), in.getNumber()), signal());
            case LogFormat.PEER_JOINED -> new Message.PeerJoined(peer, Incarnation.UNKNOWN);
            case LogFormat.PEER_AWAY -> new Message.PeerAway(peer, Incarnation.UNKNOWN);
            case LogFormat.PEER_BACK -> new Message.PeerBack(peer, Incarnation.UNKNOWN);
            case LogFormat.PEER_RESTARTED ->
                new Message.PeerRestarted(peer, Incarnation.UNKNOWN, LogFormat.RESET_REASONS.get(in.getByte()));
            case LogFormat.PEER_JOINED_AS -> new Message.PeerJoined(peer, incarnation());
            case LogFormat.PEER_AWAY_AS -> new Message.PeerAway(peer, incarnation());
            case LogFormat.PEER_BACK_AS -> new Message.PeerBack(peer, incarnation());
            case LogFormat.PEER_RESTARTED_AS ->
                new Message.PeerRestarted(peer, incarnation(), LogFormat.RESET_REASONS.get(in.getByte()));
            case LogFormat.PEER_LEFT -> new Message.PeerLeft(peer, LogFormat.END_REASONS.get(in.getByte()));
            case LogFormat.UNDELIVERABLE -> undeliverable(peer);
            default -> throw new IndexOutOfBoundsException("no message has the number " + kind);
        };
    }

    private Message.Undeliverable undeliverable(@Nullable SessionId to) {
        return new Message.Undeliverable(to, numbers(), LogFormat.UNDELIVERABLE_REASONS.get(in.getByte()));
    }

    private Role role() {
        int flags = in.getByte();
        String owner = (flags & LogFormat.HAS_OWNER) == 0 ? null : in.getId();
        return new Role(owner, (flags & LogFormat.IS_HIDDEN) != 0, (flags & LogFormat.SEES_OTHERS) != 0);
    }

    private Incarnation incarnation() {
        return new Incarnation(in.getText());
    }

    private Signal signal() {
        Signal.Kind kind = LogFormat.SIGNALS.get(in.getByte());
        SessionId to = in.getByte() == 0 ? null : session();
        return new Signal(kind, to, in.getText());
    }

    private List<Long> numbers() {
        long[] numbers = new long[in.getCount()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = in.getNumber();
        }
        return Seqs.of(numbers);
    }

    private @Nullable Credentials credentials() {
        return in.getByte() == 0 ? null : presentCredentials();
    }

    private Credentials someCredentials() {
        in.getByte();
        return presentCredentials();
    }

    private Credentials presentCredentials() {
        String key = in.getText();
        KeyHash hash = areKeysRaw ? new ResumeKey(key).hash() : new KeyHash(key);
        return new Credentials(hash, new Instance(in.getId()), in.getNumber());
    }

    private SessionId session() {
        return known(sessions, id -> {
            SessionId session = new SessionId(id);
            return shared == null ? session : shared.shared(session);
        });
    }

    private Epoch epoch() {
        return known(epochs, Epoch::new);
    }

    private Epoch epoch(SessionId of) {
        Epoch epoch = epoch();
        return shared == null ? epoch : shared.shared(of, epoch);
    }

    private <T> T known(Map<String, T> ids, Function<String, T> maker) {
        if (ids.size() >= MAX_IDS) {
            ids.clear();
        }
        return ids.computeIfAbsent(in.getId(), maker);
    }
}
