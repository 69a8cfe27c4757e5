package tokenly.tool.verify.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tokenly.store.Disk;

/**
 * A directory in memory, whose process dies at one of its changes: whatever makes, writes, cuts, forces or deletes a file is
 * one. From then on every call fails. One thread at a time.
 */
final class DyingDisk implements Disk {

    private static final int NEVER = 0;

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Long> keys = new TreeMap<>();
    private long lastKey;
    private final int deathStep;
    private final boolean isTorn;
    private int steps;
    private boolean isDead;

    /**
     * One that is empty.
     *
     * @param deathStep at which the process dies, counted from 1; 0 for never
     * @param isTorn whether half of a write is done at that step
     */
    DyingDisk(int deathStep, boolean isTorn) {
        this.deathStep = deathStep;
        this.isTorn = isTorn;
    }

    /** What the next process finds, which dies at {@code nextDeathStep}, 0 for never. */
    DyingDisk afterKill(int nextDeathStep) {
        DyingDisk next = new DyingDisk(nextDeathStep, false);
        files.forEach((name, bytes) -> next.files.put(name, bytes.clone()));
        next.keys.putAll(keys);
        next.lastKey = lastKey;
        return next;
    }

    boolean isDead() {
        return isDead;
    }

    /** Changes so far. */
    int steps() {
        return steps;
    }

    private void checkAlive() throws IOException {
        if (isDead) {
            throw new IOException("this process is dead");
        }
    }

    private void step() throws IOException {
        checkAlive();
        steps++;
        isDead = deathStep != NEVER && steps == deathStep;
    }

    private void stepOrDie() throws IOException {
        step();
        checkAlive();
    }

    @Override
    public void claim() throws IOException {
        checkAlive();
    }

    @Override
    public List<String> names() throws IOException {
        checkAlive();
        return List.copyOf(files.keySet());
    }

    @Override
    public OpenFile create(String name) throws IOException {
        stepOrDie();
        files.put(name, new byte[0]);
        keys.put(name, ++lastKey);
        return new File(name);
    }

    @Override
    public OpenFile open(String name) throws IOException {
        checkAlive();
        return new File(name);
    }

    @Override
    public void delete(String name) throws IOException {
        stepOrDie();
        files.remove(name);
    }

    @Override
    public void force() throws IOException {
        stepOrDie();
    }

    @Override
    public long key(String name) {
        return keys.getOrDefault(name, NO_KEY);
    }

    @Override
    public String describe(String name) {
        return name;
    }

    @Override
    public void close() {
        // there is nothing to give back
    }

    private final class File implements OpenFile {

        private final String name;

        File(String name) {
            this.name = name;
        }

        private byte[] bytes() throws IOException {
            byte[] bytes = files.get(name);
            if (bytes == null) {
                throw new IOException("there is no file " + name);
            }
            return bytes;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            step();
            int count = !isDead ? from.remaining() : isTorn ? from.remaining() / 2 : 0;
            byte[] before = bytes();
            byte[] after = Arrays.copyOf(before, Math.max(before.length, (int) position + count));
            from.get(after, (int) position, count);
            files.put(name, after);
            checkAlive();
            return count;
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            checkAlive();
            byte[] bytes = bytes();
            int count = (int) Math.min(to.remaining(), bytes.length - position);
            if (count <= 0) {
                return -1;
            }
            to.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public long size() throws IOException {
            checkAlive();
            return bytes().length;
        }

        @Override
        public void truncate(long size) throws IOException {
            if (size != bytes().length) {
                stepOrDie();
                files.put(name, Arrays.copyOf(bytes(), (int) size));
            }
        }

        @Override
        public void force() throws IOException {
            stepOrDie();
        }

        @Override
        public void close() {
            // there is nothing to give back
        }
    }
}
