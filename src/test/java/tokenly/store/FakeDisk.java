package tokenly.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A directory in memory, that a test can fill, break and look into. One thread at a time. */
public final class FakeDisk implements Disk {

    private static final int SECTOR = 128;

    final Map<String, byte[]> files = new TreeMap<>();
    long room = Long.MAX_VALUE / 2;
    int bytesAtOnce = Integer.MAX_VALUE;
    boolean truncates = true;
    boolean forces = true;
    boolean forcesNames = true;
    boolean hasKeys = true;
    boolean isLocked;
    Hook whenLocked = () -> {};
    Hook whenOpened = () -> {}; // a segment that was there
    Hook whenForced = () -> {}; // a file
    Hook whenClosed = () -> {};
    private final Map<String, Long> keys = new TreeMap<>(); // of files that were made or asked for
    private final Map<String, byte[]> medium = new TreeMap<>(); // what is forced, by file
    private final Map<String, byte[]> deleted = new TreeMap<>(); // what was in files whose deletion is not forced
    private final List<Set<String>> names =
            new ArrayList<>(); // which there were after each change since the last force
    private Set<String> namesOnMedium = Set.of();
    private long lastKey;
    private int stepsUntilCrash = Integer.MAX_VALUE;
    private boolean tears;
    private int steps;

    /** What happens before a call. */
    interface Hook {
        void run() throws IOException;
    }

    /** Everything that makes, changes, forces or deletes a file is a step. At step {@code step}, from 1, the process dies; half of a write is done if it tears. */
    public void crashAt(int step, boolean tears) {
        stepsUntilCrash = step;
        this.tears = tears;
        steps = 0;
    }

    public boolean hasCrashed() {
        return steps >= stepsUntilCrash;
    }

    /** The names of the segments, in order. */
    List<String> segments() {
        return files.keySet().stream()
                .filter(name -> !name.equals(HeadFile.NAME))
                .toList();
    }

    /** A copy, put in the place of the directory: other files that hold the same. */
    FakeDisk copied() {
        FakeDisk copy = afterKill();
        copy.keys.clear();
        copy.lastKey++;
        return copy;
    }

    /** Puts another file, which holds the same, in the place of {@code name}. */
    void renewKey(String name) {
        keys.put(name, ++lastKey);
    }

    private FakeDisk next() {
        FakeDisk next = new FakeDisk();
        next.keys.putAll(keys);
        next.hasKeys = hasKeys;
        next.lastKey = lastKey;
        return next;
    }

    /** What the next process finds. */
    public FakeDisk afterKill() {
        FakeDisk next = next();
        files.forEach((name, bytes) -> next.files.put(name, bytes.clone()));
        next.medium.putAll(medium);
        next.namesOnMedium = namesOnMedium;
        next.deleted.putAll(deleted);
        next.names.addAll(names);
        return next;
    }

    /** What the next process finds when the host has lost all that was not forced. */
    FakeDisk afterPowerLoss() {
        FakeDisk next = next();
        namesOnMedium.forEach(name ->
                next.files.put(name, medium.getOrDefault(name, new byte[0]).clone()));
        next.medium.putAll(next.files);
        next.namesOnMedium = new TreeSet<>(next.files.keySet());
        return next;
    }

    /**
     * What the next process finds when the host has lost some of what was not forced: of each file any part, and of what files
     * there are the last changes, as file systems with a journal of their names do.
     */
    FakeDisk afterPowerLoss(Random random) {
        FakeDisk next = next();
        Map<String, byte[]> written = new TreeMap<>(deleted);
        written.putAll(files);
        int settled = random.nextInt(names.size() + 1);
        Set<String> left = settled == 0 ? namesOnMedium : names.get(settled - 1);
        left.forEach(name -> next.files.put(
                name,
                remains(written.getOrDefault(name, new byte[0]), medium.getOrDefault(name, new byte[0]), random)));
        next.medium.putAll(next.files);
        next.namesOnMedium = new TreeSet<>(next.files.keySet());
        return next;
    }

    private static byte[] remains(byte[] written, byte[] forced, Random random) {
        int loose = written.length - forced.length;
        if (loose <= 0) {
            return random.nextBoolean() ? written.clone() : forced.clone();
        }
        int length = written.length;
        if (random.nextBoolean()) {
            length = Math.max(forced.length, sector(forced.length + random.nextInt(loose)));
        }
        byte[] remains = Arrays.copyOf(written, length);
        if (random.nextBoolean() && length > forced.length) {
            int from = Math.max(forced.length, sector(forced.length + random.nextInt(length - forced.length)));
            int to = sector(from + random.nextInt(length - from) + SECTOR);
            Arrays.fill(remains, from, Math.min(length, to), (byte) 0);
        }
        return remains;
    }

    /** Where the sector begins that holds {@code offset}: it is on the medium as a whole or not at all. */
    private static int sector(int offset) {
        return offset / SECTOR * SECTOR;
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
    public void lock() throws IOException {
        checkAlive();
        whenLocked.run();
        if (isLocked) {
            throw new IOException("locked twice");
        }
        isLocked = true;
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
        medium.remove(name);
        keys.put(name, ++lastKey);
        names.add(new TreeSet<>(files.keySet()));
        return new File(name);
    }

    @Override
    public OpenFile open(String name) throws IOException {
        checkAlive();
        if (!name.equals(HeadFile.NAME)) {
            whenOpened.run();
        }
        if (!files.containsKey(name)) {
            throw new IOException("no file " + name);
        }
        return new File(name);
    }

    @Override
    public void delete(String name) throws IOException {
        step();
        byte[] bytes = files.remove(name);
        if (bytes != null) {
            room += bytes.length;
            deleted.put(name, bytes);
            names.add(new TreeSet<>(files.keySet()));
        }
    }

    @Override
    public void force() throws IOException {
        step();
        if (!forcesNames) {
            throw new IOException("cannot force");
        }
        namesOnMedium = new TreeSet<>(files.keySet());
        deleted.clear();
        names.clear();
    }

    @Override
    public long key(String name) {
        return hasKeys ? keys.computeIfAbsent(name, file -> ++lastKey) : NO_KEY;
    }

    @Override
    public String describe(String name) {
        return "/fake/" + name;
    }

    @Override
    public void close() throws IOException {
        isLocked = false;
        whenClosed.run();
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
            step();
            whenForced.run();
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
