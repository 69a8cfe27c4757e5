package tokenly.session;

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

    /** Of whoever has that key. */
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
