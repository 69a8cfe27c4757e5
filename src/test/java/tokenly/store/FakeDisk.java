package tokenly.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A directory in memory, that a test can fill, break and look into. One thread at a time. */
final class FakeDisk implements Disk {

    final Map<String, byte[]> files = new TreeMap<>();
    long room = Long.MAX_VALUE / 2;
    int bytesAtOnce = Integer.MAX_VALUE;
    boolean truncates = true;
    boolean forces = true;
    boolean forcesNames = true;
    boolean isClaimed;
    private final Map<String, byte[]> medium = new TreeMap<>(); // what is forced, by file
    private Set<String> namesOnMedium = Set.of();
    private int stepsUntilCrash = Integer.MAX_VALUE;
    private boolean tears;
    private int steps;

    /** Everything that changes a file is a step. At step {@code step}, from 1, the process dies; half of a write is done if it tears. */
    void crashAt(int step, boolean tears) {
        stepsUntilCrash = step;
        this.tears = tears;
        steps = 0;
    }

    int steps() {
        return steps;
    }

    boolean hasCrashed() {
        return steps >= stepsUntilCrash;
    }

    /** What the next process finds. */
    FakeDisk afterKill() {
        FakeDisk next = new FakeDisk();
        files.forEach((name, bytes) -> next.files.put(name, bytes.clone()));
        return next;
    }

    /** What the next process finds when the host has lost all that was not forced. */
    FakeDisk afterPowerLoss() {
        FakeDisk next = new FakeDisk();
        namesOnMedium.forEach(name ->
                next.files.put(name, medium.getOrDefault(name, new byte[0]).clone()));
        next.medium.putAll(next.files);
        next.namesOnMedium = Set.copyOf(next.files.keySet());
        return next;
    }

    private void checkAlive() throws IOException {
        if (hasCrashed()) {
            throw new IOException("this process is dead");
        }
    }

    private void step() throws IOException {
        checkAlive();
        steps++;
        checkAlive();
    }

    /** What {@code name} holds; a change of it changes the file. */
    byte[] bytes(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return bytes;
    }

    @Override
    public void claim() throws IOException {
        checkAlive();
        if (isClaimed) {
            throw new IOException("claimed twice");
        }
        isClaimed = true;
    }

    @Override
    public List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public OpenFile create(String name) throws IOException {
        delete(name);
        step();
        files.put(name, new byte[0]);
        return new File(name);
    }

    @Override
    public OpenFile open(String name) throws IOException {
        checkAlive();
        if (!files.containsKey(name)) {
            throw new IOException("no file " + name);
        }
        return new File(name);
    }

    @Override
    public void delete(String name) throws IOException {
        step();
        room += files.getOrDefault(name, new byte[0]).length;
        files.remove(name);
    }

    @Override
    public void force() throws IOException {
        checkAlive();
        if (!forcesNames) {
            throw new IOException("cannot force");
        }
        namesOnMedium = Set.copyOf(files.keySet());
    }

    @Override
    public String describe(String name) {
        return "/fake/" + name;
    }

    @Override
    public void close() {
        isClaimed = false;
    }

    private final class File implements OpenFile {

        private final String name;

        File(String name) {
            this.name = name;
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            checkAlive();
            steps++;
            int count = Math.min(bytesAtOnce, from.remaining());
            if (hasCrashed()) {
                put(from, (int) position, tears ? count / 2 : 0);
                throw new IOException("killed");
            }
            long growth = Math.max(0, position + count - bytes(name).length);
            if (growth > room) {
                count -= (int) (growth - room);
            }
            if (count <= 0) {
                throw new IOException("No space left on device");
            }
            put(from, (int) position, count);
            return count;
        }

        private void put(ByteBuffer from, int position, int count) throws IOException {
            byte[] old = bytes(name);
            byte[] bytes = Arrays.copyOf(old, Math.max(old.length, position + count));
            from.get(bytes, position, count);
            room -= bytes.length - old.length;
            files.put(name, bytes);
        }

        @Override
        public int read(ByteBuffer to, long position) throws IOException {
            checkAlive();
            byte[] bytes = bytes(name);
            int count = (int) Math.min(to.remaining(), bytes.length - position);
            if (count <= 0) {
                return -1;
            }
            to.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public long size() throws IOException {
            return bytes(name).length;
        }

        @Override
        public void truncate(long size) throws IOException {
            if (size == bytes(name).length) {
                return;
            }
            step();
            if (!truncates) {
                throw new IOException("cannot truncate");
            }
            room += bytes(name).length - size;
            files.put(name, Arrays.copyOf(bytes(name), (int) size));
        }

        @Override
        public void force() throws IOException {
            checkAlive();
            if (!forces) {
                throw new IOException("cannot force");
            }
            medium.put(name, bytes(name));
        }

        @Override
        public void close() {
            // there is nothing to give back
        }
    }
}
