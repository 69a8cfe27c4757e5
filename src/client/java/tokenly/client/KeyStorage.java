package tokenly.client;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the resume keys of sessions, so that a program that was restarted gets its names back: {@link Client#createPeer} uses the key that is
 * kept for that session id. A key is kept from before the server is asked to create the session until the server has confirmed its
 * end. Keys are secrets.
 *
 * <p>A client calls it on its own thread, and waits for it. If a call throws when a session is created, that fails with
 * {@code key-storage-failed}; later, the client goes on and logs it. It must be thread-safe if several clients share it.
 */
public interface KeyStorage {

    /**
     * The key of a session.
     *
     * @param server scheme, host, port and path of its server, without the query, such as {@code ws://localhost:3003/rtc}
     * @param sessionId the name of the peer
     * @return 43 characters of base64url, as they were put; empty for none
     */
    Optional<String> find(String server, String sessionId);

    /**
     * Keeps the key of a session instead of the one before. When this returns, the key outlives the process.
     *
     * @param server as for {@link #find}
     * @param sessionId the name of the peer
     * @param resumeKey 43 characters of base64url
     */
    void put(String server, String sessionId, String resumeKey);

    /**
     * Forgets the key of a session; does nothing if there is none.
     *
     * @param server as for {@link #find}
     * @param sessionId the name of the peer
     */
    void remove(String server, String sessionId);

    /**
     * Keys in memory, which end with the process. A client without an option has its own.
     *
     * @return an empty storage; thread-safe
     */
    static KeyStorage memory() {
        return new MemoryKeyStorage();
    }

    /**
     * Keys in a file, for one process at a time. Each change writes a new file, forces it to the disk and puts it in the place of the old
     * one, so this is meant for tens or hundreds of sessions, not for thousands. Where the file system has POSIX permissions, only the
     * owner can read the file.
     *
     * @param path of the file; its directory exists, the file need not
     * @return the storage; thread-safe. Its methods throw {@link java.io.UncheckedIOException}, which names the file, if it cannot be
     *     read or written, and {@link IllegalStateException} if something else has damaged it
     * @throws java.io.UncheckedIOException if the file is there and cannot be read
     * @throws IllegalStateException if the file is there and is no file of keys
     */
    static KeyStorage file(Path path) {
        FileKeyStorage storage = new FileKeyStorage(path.toAbsolutePath());
        storage.check();
        return storage;
    }
}
