package tokenly.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tokenly.session.Message;
import tokenly.session.SessionId;
import tokenly.session.Store.Change;
import tokenly.session.Store.Image;

/** The messages of all mailboxes while an old log is read, by their numbers. */
final class RecoveredMailboxes {

    private final Map<SessionId, TreeMap<Long, Message>> mailboxes = new HashMap<>();

    void follow(Entry entry) {
        for (Entry.Snapshot snapshot : entry.snapshots()) {
            Image identity = snapshot.identity();
            trim(identity.session(), identity.hasOverflowed() ? Long.MAX_VALUE : identity.trimmed());
        }
        entry.changes().forEach(this::follow);
    }

    private void follow(Change change) {
        if (change instanceof Change.Appended appended) {
            mailboxes
                    .computeIfAbsent(appended.session(), session -> new TreeMap<>())
                    .put(appended.seq(), appended.message());
        } else if (change instanceof Change.Trimmed trimmed) {
            trim(trimmed.session(), trimmed.received());
        } else if (!(change instanceof Change.Taken) && !(change instanceof Change.Resumed)) {
            mailboxes.remove(change.session());
        }
    }

    private void trim(SessionId session, long received) {
        TreeMap<Long, Message> mailbox = mailboxes.get(session);
        if (mailbox != null) {
            mailbox.headMap(received, true).clear();
        }
    }

    /** The messages of {@code session} from {@code trimmed} + 1 on, as far as they follow each other without a gap. */
    List<Message> messages(SessionId session, long trimmed) {
        List<Message> messages = new ArrayList<>();
        TreeMap<Long, Message> mailbox = mailboxes.getOrDefault(session, new TreeMap<>());
        for (Map.Entry<Long, Message> next : mailbox.entrySet()) {
            if (next.getKey() != trimmed + messages.size() + 1) {
                break;
            }
            messages.add(next.getValue());
        }
        return messages;
    }

    /** How many messages {@code session} has, with or without a gap. */
    int count(SessionId session) {
        TreeMap<Long, Message> mailbox = mailboxes.get(session);
        return mailbox == null ? 0 : mailbox.size();
    }
}
