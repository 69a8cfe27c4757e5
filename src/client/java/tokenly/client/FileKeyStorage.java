package tokenly.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tokenly.client.json.JsonObject;

/** Keys in one file of JSON: {@code {server: {session: key}}}. It holds nothing in memory. Thread-safe. */
final class FileKeyStorage implements KeyStorage {

    /** Of all, because several may be for one file. */
    private static final Object LOCK = new Object();

    private final Path path;
    private final Path directory;

    /** @param path absolute */
    FileKeyStorage(Path path) {
        this.path = path;
        this.directory = Objects.requireNonNullElse(path.getParent(), path); // a root is no file, which read() names
    }

    /** Throws as {@link KeyStorage#file} does. */
    void check() {
        synchronized (LOCK) {
            read();
        }
    }

    @Override
    public Optional<String> find(String server, String sessionId) {
        synchronized (LOCK) {
            return read().object(server).flatMap(keys -> keys.text(sessionId));
        }
    }

    @Override
    public void put(String server, String sessionId, String resumeKey) {
        synchronized (LOCK) {
            JsonObject all = read();
            JsonObject keys = all.object(server).orElse(JsonObject.EMPTY);
            write(all.with(server, keys.with(sessionId, resumeKey)));
        }
    }

    @Override
    public void remove(String server, String sessionId) {
        synchronized (LOCK) {
            JsonObject all = read();
            JsonObject keys = all.object(server).orElse(JsonObject.EMPTY);
            if (keys.get(sessionId).isPresent()) {
                JsonObject fewer = keys.without(Set.of(sessionId));
                write(fewer.members().isEmpty() ? all.without(Set.of(server)) : all.with(server, fewer));
            }
        }
    }

    private JsonObject read() {
        try {
            return JsonObject.parse(Files.readString(path));
        } catch (NoSuchFileException none) {
            return JsonObject.EMPTY;
        } catch (IOException failed) {
            throw new UncheckedIOException("the key file " + path + " cannot be read: " + failed, failed);
        } catch (IllegalArgumentException damaged) { // whose message has no text of the file
            throw new IllegalStateException(
                    path + " is no file of keys; move it away to begin with a new one: " + damaged.getMessage());
        }
    }

    private void write(JsonObject all) {
        Path next = null;
        try {
            next = Files.createTempFile(directory, path.getFileName() + "-", ".tmp", ownerOnly());
            try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(all + "\n");
                while (text.hasRemaining()) {
                    file.write(text);
                }
                file.force(true);
            }
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            UncheckedIOException named =
                    new UncheckedIOException("the key file " + path + " cannot be written: " + failed, failed);
            if (next != null) {
                delete(next, named);
            }
            throw named;
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void delete(Path unused, Exception failure) {
        try {
            Files.deleteIfExists(unused);
        } catch (IOException more) {
            failure.addSuppressed(more);
        }
    }
}
