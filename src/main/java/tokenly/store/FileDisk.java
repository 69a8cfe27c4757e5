package tokenly.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the file system. What it holds are secrets, hashes of resume keys and what peers tell each other: so whatever is made
 * here is for the user of the server alone, where the file system knows such rights.
 */
final class FileDisk implements Disk {

    private static final String RIGHTS_OF_A_FILE = "rw-------";

    private final Path directory;
    private @Nullable DirectoryLock lock; // null while another may use the directory

    FileDisk(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    @Override
    public void lock() throws IOException {
        Files.createDirectories(directory, rights("rwx------"));
        lock = DirectoryLock.take(directory, rights(RIGHTS_OF_A_FILE));
    }

    /** None where the file system has rights of another kind. */
    private FileAttribute<?>[] rights(String posix) {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))};
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
        return new InterruptProofFile(Files.createFile(file, rights(RIGHTS_OF_A_FILE)));
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
        InterruptProofFile.forceDirectory(directory);
    }

    /** The number of its inode; that of the device is no part of it, because it may change when the host starts anew. */
    @Override
    public long key(String name) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? ((Number) Files.getAttribute(directory.resolve(name), "unix:ino")).longValue()
                : NO_KEY;
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
