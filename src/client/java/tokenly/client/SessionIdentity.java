package tokenly.client;

import org.jspecify.annotations.Nullable;

/** Who a session is: its name, its room, and the key that proves it, which it gets before the server is asked for it. Belongs to the client's thread. */
final class SessionIdentity {

    private final String id;
    private final String room;
    private @Nullable String key; // null before the server is asked to create it for the first time

    SessionIdentity(PeerRequest request) {
        Credentials taken = request.taken();
        this.id = request.sessionId();
        this.room = request.roomId();
        this.key = taken == null ? null : taken.resumeKey();
    }

    String id() {
        return id;
    }

    String room() {
        return room;
    }

    /**
     * Its credentials with where {@code exchange} is.
     *
     * @throws IllegalStateException before it has a key
     */
    Credentials credentials(Exchange exchange) {
        if (key == null) {
            throw new IllegalStateException("session " + id + " has no key yet");
        }
        return exchange.credentials(room, key);
    }

    /**
     * Sees to it that it has a key which is kept.
     *
     * @throws TokenlyException {@code key-storage-failed}, for a session that has none
     */
    void keepKey(Keys keys, String server) {
        if (key == null) {
            key = keys.keyOf(server, id);
        } else {
            keys.keep(server, id, key);
        }
    }

    /** The server has confirmed its end. */
    void forgetKey(Keys keys, String server) {
        keys.forget(server, id, key);
    }
}
