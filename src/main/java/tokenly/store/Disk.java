package tokenly.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Port: the one directory, or what serves as one, in which the store keeps its files. So small that a test can break every single call of it. */
public interface Disk extends Closeable {

    /**
     * Makes the directory and keeps every other server out of it until {@link #close}.
     *
     * @throws StoreException if another one has it
     */
    void lock() throws IOException;

    /** Of all files, in no particular order. */
    List<String> names() throws IOException;

    /** Makes an empty file, in the place of one that bears its name already, and opens it. */
    OpenFile create(String name) throws IOException;

    /** Opens a file that is there. */
    OpenFile open(String name) throws IOException;

    void delete(String name) throws IOException;

    /** Forces to the medium which files there are. */
    void force() throws IOException;

    /**
     * What tells the file from every copy of it, and does not change while it is moved or written; the same of the directory
     * for "". {@link #NO_KEY} if the file system knows nothing of that kind.
     */
    long key(String name) throws IOException;

    /** The key of no file. */
    long NO_KEY = 0;

    /** How a message to the operator names the file; where all files are for "". */
    String describe(String name);

    /** What such a message advises. */
    default Advice advice() {
        return Advice.OF_A_DIRECTORY;
    }

    /** An open file. One thread at a time, but for {@link #force}, which may run beside all others. */
    interface OpenFile extends Closeable {

        /** Writes at least one byte, perhaps not all of {@code from}; at {@code position}, which is at most {@link #size}. */
        int write(ByteBuffer from, long position) throws IOException;

        /** Reads what there is, at most as much as {@code to} has room for; -1 at the end. */
        int read(ByteBuffer to, long position) throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;

        /** Forces what is written to the medium. */
        void force() throws IOException;
    }
}
