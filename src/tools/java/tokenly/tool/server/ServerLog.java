package tokenly.tool.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The file into which a server's process writes its output, over all its starts. For one thread. */
final class ServerLog {

    private static final int TAIL_LINES = 60;

    private final Path file;
    private long lengthBeforeStart;

    ServerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** Removes the file, and makes its directory. */
    void delete() throws IOException {
        Files.createDirectories(file.getParent());
        Files.deleteIfExists(file);
    }

    /** The process is about to start. */
    void markStart() throws IOException {
        lengthBeforeStart = Files.exists(file) ? Files.size(file) : 0;
    }

    String text() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether the process has written {@code text} since its last start. */
    boolean hasSinceStart(String text) {
        try (InputStream log = Files.newInputStream(file)) {
            log.skipNBytes(lengthBeforeStart);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8).contains(text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The last lines. */
    String tail() {
        List<String> lines = text().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
