package tokenly.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that is read again when its time, size or identity has changed. */
final class WatchedFile implements TextSource {

    private final Path path;
    private final int maxBytes;
    private @Nullable State last; // of what was last returned

    private record State(
            FileTime modified, long size, @Nullable Object key) {}

    WatchedFile(Path path, int maxBytes) {
        this.path = path;
        this.maxBytes = maxBytes;
    }

    @Override
    public Optional<String> read() throws IOException {
        State before = last;
        last = null; // until it has been read
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException missing) {
            throw new IOException("there is no such file", missing);
        } catch (AccessDeniedException closed) {
            throw new IOException("the server may not read it", closed);
        }
        State state = new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        if (state.equals(before)) {
            last = state;
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException("it is larger than " + maxBytes + " bytes");
            }
            last = state;
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
