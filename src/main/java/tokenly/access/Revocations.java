package tokenly.access;

/** Subjects and tokens that are good no more. Thread-safe. */
public final class Revocations {

    public boolean contains(Identity identity) {
        return identity.subject().isEmpty();
    }
}
