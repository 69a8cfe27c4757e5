package tokenly.session;

import tokenly.protocol.IdRule;

/**
 * Names the owner of a session id: another owner of the same id has another incarnation. It stays the same over resumes, restarts of the
 * server and reloads of a page that has kept its resume key.
 *
 * @param value for clients opaque; "" where an older version of the store did not write it down
 */
public record Incarnation(String value) {

    public static final Incarnation UNKNOWN = new Incarnation("");

    /** So much of the key's hash, 72 bits, tells all owners of one id apart, and does not help to find the key. */
    private static final int LENGTH = 12;

    /**
     * The one that a client names.
     *
     * @throws IllegalArgumentException with a message for the peer, if it is no valid id
     */
    public static Incarnation named(String value) {
        IdRule.check(value);
        return new Incarnation(value);
    }

    /** Of each client that has that key. */
    static Incarnation of(KeyHash key) {
        return new Incarnation(key.value().substring(0, LENGTH));
    }

    /** Of a plain session, whose only epoch that is. */
    static Incarnation of(Epoch epoch) {
        return new Incarnation(epoch.value());
    }

    public boolean isKnown() {
        return !value.isEmpty();
    }
}
