package tokenly.session;

import tokenly.protocol.IdRule;

/** Names a session, chosen by the client. 1 to 128 UTF-16 code units, see PROTOCOL.md. */
public record SessionId(String value) implements Comparable<SessionId> {

    /** @throws IllegalArgumentException with a message for the peer, if it is no valid id */
    public SessionId {
        IdRule.check(value);
    }

    /** So that a hash map stays fast for ids that a stranger chose to collide: it sorts what shares a bin. */
    @Override
    public int compareTo(SessionId other) {
        return value.compareTo(other.value);
    }

    /** As the log shows it: what no reader could see is escaped. */
    @Override
    public String toString() {
        return IdRule.printable(value);
    }
}
