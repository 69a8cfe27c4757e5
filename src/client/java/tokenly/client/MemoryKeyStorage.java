package tokenly.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that end with the process. Thread-safe. */
final class MemoryKeyStorage implements KeyStorage {

    private final Map<Name, String> keys = new ConcurrentHashMap<>();

    private record Name(String server, String sessionId) {}

    @Override
    public Optional<String> find(String server, String sessionId) {
        return Optional.ofNullable(keys.get(new Name(server, sessionId)));
    }

    @Override
    public void put(String server, String sessionId, String resumeKey) {
        keys.put(new Name(server, sessionId), resumeKey);
    }

    @Override
    public void remove(String server, String sessionId) {
        keys.remove(new Name(server, sessionId));
    }
}
