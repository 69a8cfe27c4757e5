package tokenly.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory of the file system. */
final class FileDisk implements Disk {

    /** Holds nothing; that it is locked says that a server is there. It stays when the server goes. */
    private static final String LOCK = "lock";

    private final Path directory;
    private @Nullable FileChannel lock; // not null while claimed

    FileDisk(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public void claim() throws IOException {
        Files.createDirectories(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new StoreException("another server uses the store in " + directory
                    + "; stop it, or let tokenly.store.dir name another directory");
        }
        lock = channel;
    }

    /** The lock ends with the channel, and so with the process, however that ends. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            return false;
        }
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Override
    public OpenFile create(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.deleteIfExists(file);
        return new InterruptProofFile(Files.createFile(file));
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return new InterruptProofFile(directory.resolve(name));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void force() throws IOException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return; // which opens no directory, and keeps its entries by itself
        }
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    @Override
    public String describe(String name) {
        return directory.resolve(name).toString();
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
