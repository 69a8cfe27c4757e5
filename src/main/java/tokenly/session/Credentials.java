package tokenly.session;

/**
 * What a resumable client shows when it asks for a session.
 *
 * @param key proves that the session is its own
 * @param instance that holds the client's side of the session
 * @param attempt number of that instance's connection, at least 1, one higher for each: of two, the lower one is late
 */
public record Credentials(KeyHash key, Instance instance, long attempt) {

    /** Whether the same instance has shown {@code late} before these. {@code isOlder}: it did so on an older connection. */
    boolean isBeyond(Credentials late, boolean isOlder) {
        return isOfSameInstance(late) && (late.attempt < attempt || (late.attempt == attempt && isOlder));
    }

    boolean isOfSameInstance(Credentials other) {
        return instance.equals(other.instance);
    }
}
