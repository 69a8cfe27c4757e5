package tokenly.access;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import tokenly.session.Timer;

/** Subjects and tokens that are good no more, from a setting and from a file that may change. Thread-safe. */
public final class Revocations {

    /** Nothing is revoked. */
    public static final Revocations NONE = new Revocations(RevokedNames.NONE);

    /** How often the file is looked at. */
    static final Duration PERIOD = Duration.ofSeconds(3);

    private static final int MAX_FILE_BYTES = 16 << 20;

    private static final System.Logger LOG = System.getLogger(Revocations.class.getName());

    private final RevokedNames fixed;
    private volatile RevokedNames changing = RevokedNames.NONE;
    private boolean isComplainedOf; // of the one thread that reads

    private Revocations(RevokedNames fixed) {
        this.fixed = fixed;
    }

    /** Those of {@code text}, which are separated by commas. */
    public static Revocations of(String text) {
        return new Revocations(RevokedNames.parse(text.split(",", -1)));
    }

    /**
     * Those of {@code text} and those in {@code file}, which is read before this returns, and again whenever it has changed.
     *
     * @throws IOException with a message for the operator if the file cannot be read
     */
    public static Revocations of(String text, Path file, Executor executor, Timer timer) throws IOException {
        Revocations revocations = of(text);
        WatchedFile watched = new WatchedFile(file, MAX_FILE_BYTES);
        revocations.read(watched);
        revocations.later(watched, executor, timer);
        return revocations;
    }

    /** Whether {@code text} is such as {@code sub alice,jti 123}. */
    public static boolean isList(String text) {
        return RevokedNames.parse(text.split(",", -1)).badLines().isEmpty();
    }

    private void later(WatchedFile file, Executor executor, Timer timer) {
        timer.after(
                PERIOD,
                () -> executor.execute(() -> {
                    try {
                        read(file);
                    } catch (IOException failure) {
                        complain(file, failure);
                    } finally {
                        later(file, executor, timer);
                    }
                }));
    }

    private void read(WatchedFile file) throws IOException {
        String text = file.read().orElse(null);
        isComplainedOf = false;
        if (text != null) {
            RevokedNames names = RevokedNames.parse(text.replace("\uFEFF", "").split("\\R", -1));
            changing = names;
            LOG.log(Level.INFO, "tokenly.revoked.file: {0} revokes {1} subjects and tokens", file, names.size());
            if (!names.badLines().isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "tokenly.revoked.file: {0}: passed over, because a line is sub NAME or jti ID: line {1}",
                        file,
                        names.badLines());
            }
        }
    }

    private void complain(WatchedFile file, IOException failure) {
        if (!isComplainedOf) {
            isComplainedOf = true;
            LOG.log(
                    Level.WARNING,
                    "tokenly.revoked.file: {0} cannot be read: {1}. What it revoked stays revoked; put it back, empty"
                            + " to revoke nothing.",
                    file,
                    failure.getMessage());
        }
    }

    /** Whether the subject of {@code identity}, or the token that it came with, is revoked. */
    public boolean contains(Identity identity) {
        return fixed.contains(identity) || changing.contains(identity);
    }
}
