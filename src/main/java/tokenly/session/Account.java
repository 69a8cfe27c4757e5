package tokenly.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the sessions of one client address use of the server, and the most that they may use. A session or a message counts
 * for the account that made it until it ends, even if another address resumes the session. Thread-safe.
 */
public final class Account {

    private final AccountLimits limits;
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong mailboxBytes = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();

    public Account(AccountLimits limits) {
        this.limits = limits;
    }

    /** One without limits. */
    public static Account unbounded() {
        return new Account(AccountLimits.NONE);
    }

    /** Counts one more session; false, and nothing is counted, if it has as many as it may. */
    boolean addSession() {
        if (sessions.incrementAndGet() > limits.sessions()) {
            sessions.decrementAndGet();
            return false;
        }
        return true;
    }

    /** Counts a session that exists already, and that no account counts since the server started. */
    void adoptSession() {
        sessions.incrementAndGet();
    }

    void removeSession() {
        sessions.decrementAndGet();
    }

    /** False for a gateway, which speaks for many: only what bounds the server as a whole counts for it. */
    public boolean isBounded() {
        return limits.mailboxBytes() < Long.MAX_VALUE;
    }

    /** Most sessions that one connection may create. */
    int connectionSessions() {
        return limits.connectionSessions();
    }

    /** Whether its messages may take {@code bytes} more in mailboxes. */
    boolean hasRoomFor(long bytes) {
        return bytes <= limits.mailboxBytes() - mailboxBytes.get();
    }

    /** Bytes that its messages take in mailboxes. */
    long mailboxBytes() {
        return mailboxBytes.get();
    }

    /** Counts {@code bytes} in mailboxes for a message of its sessions; negative once they are gone. */
    void addMailboxBytes(long bytes) {
        mailboxBytes.addAndGet(bytes);
    }

    /** Counts {@code bytes} of a signal that waits for its room; false, and nothing is counted, if more than {@code most} would wait. */
    boolean addWaitingBytes(long bytes, long most) {
        if (waitingBytes.addAndGet(bytes) > most && isBounded()) {
            waitingBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void removeWaitingBytes(long bytes) {
        waitingBytes.addAndGet(-bytes);
    }

    /** Whether nothing counts for it: no session, and no byte in a mailbox or on its way there. */
    public boolean isIdle() {
        return sessions.get() == 0 && mailboxBytes.get() == 0 && waitingBytes.get() == 0;
    }
}
