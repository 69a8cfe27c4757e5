package tokenly.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tokenly.tool.load.Memory;
import tokenly.tool.server.StatusProbe;

/**
 * What a server holds at one moment; needs a system with /proc.
 *
 * @param sessions that exist, connected or waiting
 * @param sockets that its process has open
 * @param threads of its process
 * @param heapBytes that can be reached, after a full collection
 * @param files of its store
 */
record Footprint(int sessions, int sockets, int threads, long heapBytes, int files) {

    private static final Pattern THREADS = Pattern.compile("(?m)^Threads:\\s*(\\d+)");

    /** Brings about a full collection. */
    static Footprint of(HostileServer server) throws IOException, InterruptedException {
        long pid = server.process().pid();
        long heapBytes = Memory.of(pid).heapBytes();
        return new Footprint(
                StatusProbe.of(server.process()).activeSessions(),
                sockets(pid),
                threads(pid),
                heapBytes,
                files(server.data()));
    }

    private static int sockets(long pid) throws IOException {
        int sockets = 0;
        try (Stream<Path> descriptors = Files.list(process(pid).resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                // one that was closed meanwhile is none
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().startsWith("socket:")) {
                    sockets++;
                }
            }
        }
        return sockets;
    }

    private static int threads(long pid) throws IOException {
        Matcher threads = THREADS.matcher(Files.readString(process(pid).resolve("status")));
        if (!threads.find()) {
            throw new IOException("no number of threads in /proc/" + pid + "/status");
        }
        return Integer.parseInt(threads.group(1));
    }

    private static int files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return (int) files.count();
        }
    }

    private static Path process(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }
}
