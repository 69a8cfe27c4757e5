package tokenly.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Properties;
import java.util.Set;

/**
 * Keeps all others out of a directory: other processes by the lock of a file in it, and the rest of this process by
 * a note. The lock ends with the process, however that ends; and so does the note.
 *
 * <p>Why it takes the note. A process that closes any descriptor of a file loses all locks that it holds on that file
 * (fcntl(2), "Advisory record locking"): so the file must not even be opened while this process has it locked already. The
 * note is a system property, because those are the same for all class loaders: an application that is deployed twice has
 * all its classes twice, and every static field of them.
 */
final class DirectoryLock implements Closeable {

    /** Holds nothing; that it is locked says that a server is there. It stays when the server goes. */
    private static final String FILE = "lock";

    private static final String NOTE = "tokenly.store.claimed.";

    private final String note;
    private final FileChannel channel;

    private DirectoryLock(String note, FileChannel channel) {
        this.note = note;
        this.channel = channel;
    }

    /**
     * Locks {@code directory}, which is there.
     *
     * @param rights of the file that is locked, if there is none yet
     * @throws StoreException if another one has it
     */
    static DirectoryLock take(Path directory, FileAttribute<?>... rights) throws IOException {
        String note = NOTE + directory.toRealPath();
        if (notes().putIfAbsent(note, "") != null) {
            throw refusal(directory);
        }
        boolean isDone = false;
        try {
            DirectoryLock lock = new DirectoryLock(note, lockedFile(directory, rights));
            isDone = true;
            return lock;
        } finally {
            if (!isDone) {
                notes().remove(note);
            }
        }
    }

    private static Properties notes() {
        return System.getProperties();
    }

    private static FileChannel lockedFile(Path directory, FileAttribute<?>... rights) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                rights);
        boolean isDone = false;
        try {
            if (!isLocked(channel)) {
                throw refusal(directory);
            }
            isDone = true;
            return channel;
        } finally {
            if (!isDone) {
                channel.close();
            }
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) { // which has it by the path of another mount
            return false;
        }
    }

    private static StoreException refusal(Path directory) {
        return new StoreException("another server uses the store in " + directory
                + "; stop it, or let tokenly.store.dir name another directory");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            notes().remove(note);
        }
    }
}
