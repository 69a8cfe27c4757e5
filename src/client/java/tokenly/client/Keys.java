package tokenly.client;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The resume keys of one client's sessions: drawn once, and kept until the server has confirmed the end. Belongs to the client's thread. */
final class Keys {

    private static final System.Logger LOG = System.getLogger(Keys.class.getName());

    private static final int BYTES = 32; // 256 bits (PROTOCOL.md, "Framing")

    private final KeyStorage storage;
    private final RandomGenerator random;
    private final Map<Name, String> kept = new HashMap<>(); // what this client has put

    private record Name(String server, String sessionId) {}

    Keys(KeyStorage storage, RandomGenerator random) {
        this.storage = storage;
        this.random = random;
    }

    /**
     * The key of a session that is to be created: the one that is kept, or else a new one, which is kept from now on.
     *
     * @throws TokenlyException {@code key-storage-failed}
     */
    String keyOf(String server, String sessionId) {
        try {
            String key = storage.find(server, sessionId).orElseGet(() -> Base64Url.random(random, BYTES));
            Credentials.checkKey(key);
            storage.put(server, sessionId, key);
            kept.put(new Name(server, sessionId), key);
            return key;
        } catch (RuntimeException failed) {
            throw TokenlyException.keyStorageFailed(failed);
        }
    }

    /** Keeps the key of a session that this server has, if that was not done yet. */
    void keep(String server, String sessionId, String key) {
        Name name = new Name(server, sessionId);
        if (!key.equals(kept.get(name))) {
            attempt(name, () -> storage.put(server, sessionId, key));
            kept.put(name, key);
        }
    }

    /** The server has confirmed the end of a session that had {@code key}. */
    void forget(String server, String sessionId, @Nullable String key) {
        Name name = new Name(server, sessionId);
        kept.remove(name);
        attempt(name, () -> {
            if (storage.find(server, sessionId)
                    .filter(found -> found.equals(key))
                    .isPresent()) {
                storage.remove(server, sessionId);
            }
        });
    }

    private static void attempt(Name name, Runnable change) {
        try {
            change.run();
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the key of session " + name.sessionId() + " cannot be kept or forgotten", failed);
        }
    }
}
