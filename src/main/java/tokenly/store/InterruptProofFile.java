package tokenly.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that outlives the interrupt of a thread that uses it. A {@link FileChannel} closes itself then, for everybody; a
 * container interrupts its threads when it stops, and one of them may just be writing for many others. So the channel is
 * opened anew and the call made again, which is safe because every call says at which position; the thread stays
 * interrupted.
 */
final class InterruptProofFile implements Disk.OpenFile {

    private final Path path;
    private final Set<StandardOpenOption> options;
    private volatile FileChannel channel;
    private volatile boolean isClosed;

    InterruptProofFile(Path path) throws IOException {
        this(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private InterruptProofFile(Path path, Set<StandardOpenOption> options) throws IOException {
        this.path = path;
        this.options = options;
        this.channel = FileChannel.open(path, options);
    }

    /** Forces to the medium which files there are in {@code directory}, where the system opens that like a file. */
    static void forceDirectory(Path directory) throws IOException {
        try (InterruptProofFile entries = new InterruptProofFile(directory, Set.of(StandardOpenOption.READ))) {
            entries.force(true);
        }
    }

    private interface Call {
        long on(FileChannel channel) throws IOException;
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
        int start = from.position();
        return (int) insist(open -> open.write(from.position(start), position));
    }

    @Override
    public int read(ByteBuffer to, long position) throws IOException {
        int start = to.position();
        return (int) insist(open -> open.read(to.position(start), position));
    }

    @Override
    public long size() throws IOException {
        return insist(FileChannel::size);
    }

    @Override
    public void truncate(long size) throws IOException {
        insist(open -> open.truncate(size).size());
    }

    @Override
    public void force() throws IOException {
        force(false);
    }

    private void force(boolean isWithMetadata) throws IOException {
        insist(open -> {
            open.force(isWithMetadata);
            return 0;
        });
    }

    private long insist(Call call) throws IOException {
        boolean wasInterrupted = false;
        try {
            while (true) {
                FileChannel open = channel;
                try {
                    return call.on(open);
                } catch (ClosedByInterruptException interrupt) {
                    wasInterrupted = Thread.interrupted();
                    reopen(open);
                } catch (ClosedChannelException interruptOfAnother) {
                    reopen(open);
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken) throws IOException {
        if (isClosed) {
            throw new ClosedChannelException();
        }
        if (channel == broken) {
            channel = FileChannel.open(path, options);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        channel.close();
    }
}
