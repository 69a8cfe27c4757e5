package tokenly.store;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tokenly.session.Credentials;
import tokenly.session.Message;
import tokenly.session.Role;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/**
 * Entries to bytes. A message that goes to many mailboxes is written where it comes first, and named by its place after
 * that. One thread at a time.
 */
final class EntryEncoder {

    /** So many messages of a record are looked through one by one; hardly any record has more. */
    private static final int FEW = 8;

    private final Output out;
    private final Entry.Offsets offsets;
    private final List<Message> messages = new ArrayList<>(); // of the record, each once
    private IdentityHashMap<Message, Integer> indexes =
            new IdentityHashMap<>(); // in that list, once it is longer than a few

    /** @param offsets gets the position of each snapshot and change, and the end of the last one */
    EntryEncoder(Output out, Entry.Offsets offsets) {
        this.out = out;
        this.offsets = offsets;
    }

    void encode(Entry entry) {
        out.beginRecord();
        messages.clear();
        out.putNumber(entry.snapshots().size());
        for (Entry.Snapshot snapshot : entry.snapshots()) {
            offsets.add(out.position());
            snapshot(snapshot);
        }
        out.putNumber(entry.changes().size());
        for (Change change : entry.changes()) {
            offsets.add(out.position());
            change(change);
        }
        offsets.add(out.position());
        messages.clear();
        if (!indexes.isEmpty()) { // a large record must not stay in memory
            indexes = new IdentityHashMap<>();
        }
    }

    private void snapshot(Entry.Snapshot snapshot) {
        Image identity = snapshot.identity();
        out.putId(identity.session().value());
        out.putId(identity.room().value());
        out.putId(identity.epoch().value());
        credentials(identity.credentials());
        out.putNumber(identity.acceptedSeq());
        out.putNumber(identity.ackedSeq());
        boolean hasRole = !identity.role().equals(Role.OPEN);
        out.putByte((identity.hasOverflowed() ? LogFormat.HAS_OVERFLOWED : 0)
                | (snapshot.isSuspect() ? LogFormat.IS_SUSPECT : 0)
                | (hasRole ? LogFormat.HAS_ROLE : 0));
        if (hasRole) {
            role(identity.role());
        }
    }

    private void change(Change change) {
        if (change instanceof Change.Appended appended) {
            begin(LogFormat.APPENDED, appended.session());
            out.putNumber(appended.seq());
            message(appended.message());
        } else if (change instanceof Change.Taken taken) {
            begin(LogFormat.TAKEN, taken.session());
            out.putNumber(taken.seq());
        } else if (change instanceof Change.Trimmed trimmed) {
            begin(LogFormat.TRIMMED, trimmed.session());
            out.putNumber(trimmed.ackedSeq());
        } else {
            moveOfLife(change);
        }
    }

    private void moveOfLife(Change change) {
        if (change instanceof Change.Created created) {
            created(created);
        } else if (change instanceof Change.Resumed resumed) {
            begin(LogFormat.RESUMED, resumed.session());
            credentials(resumed.credentials());
        } else if (change instanceof Change.Restarted restarted) {
            begin(LogFormat.RESTARTED, restarted.session());
            out.putId(restarted.epoch().value());
            credentials(restarted.credentials());
        } else if (change instanceof Change.Overflowed overflowed) {
            begin(LogFormat.OVERFLOWED, overflowed.session());
        } else if (change instanceof Change.Ended ended) {
            begin(LogFormat.ENDED, ended.session());
            out.putByte(LogFormat.END_REASONS.indexOf(ended.reason()));
        } else {
            throw new IllegalArgumentException("no bytes for " + change.getClass());
        }
    }

    private void created(Change.Created created) {
        boolean hasRole = !created.role().equals(Role.OPEN);
        begin(hasRole ? LogFormat.CREATED_AS : LogFormat.CREATED, created.session());
        out.putId(created.room().value());
        out.putId(created.epoch().value());
        credentials(created.credentials());
        if (hasRole) {
            role(created.role());
        }
    }

    private void role(Role role) {
        out.putByte((role.owner() == null ? 0 : LogFormat.HAS_OWNER)
                | (role.isHidden() ? LogFormat.IS_HIDDEN : 0)
                | (role.seesOthers() ? LogFormat.SEES_OTHERS : 0));
        if (role.owner() != null) {
            out.putId(role.owner());
        }
    }

    private void begin(int kind, SessionId session) {
        out.putByte(kind);
        out.putId(session.value());
    }

    private void credentials(@Nullable Credentials credentials) {
        out.putByte(credentials == null ? 0 : 1);
        if (credentials != null) {
            out.putText(credentials.key().value());
            out.putId(credentials.instance().value());
            out.putNumber(credentials.attempt());
        }
    }

    private void message(Message message) {
        int index = index(message);
        out.putNumber(index + 1);
        if (index < 0) {
            note(message);
            firstTime(message);
        }
    }

    private int index(Message message) {
        if (messages.size() > FEW) {
            return indexes.getOrDefault(message, -1);
        }
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (isSame(messages.get(i), message)) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings(
            "ReferenceEquality") // equal ones cost only bytes, and to compare all that is in two would cost more
    private static boolean isSame(Message one, Message other) {
        return one == other;
    }

    private void note(Message message) {
        messages.add(message);
        if (messages.size() == FEW + 1) {
            indexes = new IdentityHashMap<>();
            for (int i = 0; i < FEW; i++) {
                indexes.put(messages.get(i), i);
            }
        }
        if (messages.size() > FEW) {
            indexes.put(message, messages.size() - 1);
        }
    }

    private void firstTime(Message message) {
        if (message instanceof Message.Signalled signalled) {
            begin(LogFormat.SIGNALLED, signalled.from());
            out.putId(signalled.source().epoch().value());
            out.putNumber(signalled.source().seq());
            out.putByte(LogFormat.SIGNALS.indexOf(signalled.signal().kind()));
            SessionId to = signalled.signal().to();
            out.putByte(to == null ? 0 : 1);
            if (to != null) {
                out.putId(to.value());
            }
            out.putText(signalled.signal().opaque());
        } else if (message instanceof Message.Undeliverable undeliverable) {
            SessionId to = undeliverable.to();
            if (to == null) {
                out.putByte(LogFormat.UNDELIVERABLE_TO_ALL);
            } else {
                begin(LogFormat.UNDELIVERABLE, to);
            }
            out.putNumber(undeliverable.seqs().size());
            undeliverable.seqs().forEach(out::putNumber);
            out.putByte(LogFormat.UNDELIVERABLE_REASONS.indexOf(undeliverable.reason()));
        } else {
            membership(message);
        }
    }

    private void membership(Message message) {
        if (message instanceof Message.PeerJoined joined) {
            begin(LogFormat.PEER_JOINED_AS, joined.peer());
            out.putText(joined.incarnation().value());
        } else if (message instanceof Message.PeerAway away) {
            begin(LogFormat.PEER_AWAY_AS, away.peer());
            out.putText(away.incarnation().value());
        } else if (message instanceof Message.PeerBack back) {
            begin(LogFormat.PEER_BACK_AS, back.peer());
            out.putText(back.incarnation().value());
        } else if (message instanceof Message.PeerRestarted restarted) {
            begin(LogFormat.PEER_RESTARTED_AS, restarted.peer());
            out.putText(restarted.incarnation().value());
            out.putByte(LogFormat.RESET_REASONS.indexOf(restarted.reason()));
        } else if (message instanceof Message.PeerLeft left) {
            begin(LogFormat.PEER_LEFT, left.peer());
            out.putByte(LogFormat.END_REASONS.indexOf(left.reason()));
        } else {
            throw new IllegalArgumentException("no bytes for " + message.getClass());
        }
    }
}
