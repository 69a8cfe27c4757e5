package tokenly.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the sessions of one client address use of the server, and the most that they may use. A session and a message go on
 * counting for the account that made them until they end, whoever holds them then. Thread-safe.
 */
public final class Account {

    private final int maxSessions;
    private final long maxMailboxBytes;
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong mailboxBytes = new AtomicLong();

    /**
     * @param maxSessions most sessions at a time, connected or waiting; at least 1
     * @param maxMailboxBytes most bytes in mailboxes that its sessions have caused; at least 1
     */
    public Account(int maxSessions, long maxMailboxBytes) {
        this.maxSessions = maxSessions;
        this.maxMailboxBytes = maxMailboxBytes;
    }

    /** One that may use whatever there is. */
    public static Account unbounded() {
        return new Account(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Counts one more session; false, and nothing is counted, if it has as many as it may. */
    boolean addSession() {
        if (sessions.incrementAndGet() > maxSessions) {
            sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    void removeSession() {
        sessions.decrementAndGet();
    }

    /** Whether {@code bytes} more in mailboxes would still be within its share. */
    boolean hasRoomFor(long bytes) {
        return mailboxBytes.get() + bytes <= maxMailboxBytes;
    }

    /** Counts {@code bytes} that a message of its sessions takes in mailboxes; negative once they are gone. */
    void addMailboxBytes(long bytes) {
        mailboxBytes.addAndGet(bytes);
    }

    /** Whether nothing counts for it: no session, and no byte in a mailbox. */
    public boolean isIdle() {
        return sessions.get() == 0 && mailboxBytes.get() == 0;
    }
}
