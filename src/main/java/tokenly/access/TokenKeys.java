package tokenly.access;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import tokenly.session.Timer;

/**
 * The public keys that verify tokens, read again from time to time and when a token names one that is not here. Thread-safe;
 * the source is read on the executor only, by one thread at a time.
 */
public final class TokenKeys {

    /** Shortest time between two reads. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** A key that is not among keys so new does not exist. Less than {@link #PAUSE}: a key may be published after a read. */
    static final Duration NEW = Duration.ofSeconds(3);

    private static final Duration FILE_PERIOD = Duration.ofSeconds(10);
    private static final Duration URL_PERIOD = Duration.ofMinutes(5);

    private static final System.Logger LOG = System.getLogger(TokenKeys.class.getName());

    private final TextSource source;
    private final Duration period;
    private final Executor executor;
    private final Timer timer;
    private volatile KeySet keys = KeySet.EMPTY;

    // Guarded by this.
    private boolean isReading;
    private boolean hasFailed = true; // the last read; before the first nothing is known either
    private Duration readAt; // when the last read began
    private Duration nextAt = Duration.ZERO; // when the next one begins
    private Timer.@Nullable Task next;

    // Of the one thread that reads.
    private String lastText = "";
    private boolean isComplainedOf;

    TokenKeys(TextSource source, Duration period, Executor executor, Timer timer) {
        this.source = source;
        this.period = period;
        this.executor = executor;
        this.timer = timer;
        this.readAt = timer.now().minus(PAUSE);
    }

    /**
     * The keys in {@code file}, which is read before this returns.
     *
     * @throws IOException with a message for the operator if it holds no JWK set with a key
     */
    public static TokenKeys in(Path file, Executor executor, Timer timer) throws IOException {
        TokenKeys keys = new TokenKeys(new WatchedFile(file, KeyServer.MAX_BYTES), FILE_PERIOD, executor, timer);
        try {
            keys.take(keys.source.read().orElseThrow());
        } catch (KeySet.NoKeySetException malformed) {
            throw new IOException(malformed.getMessage(), malformed);
        }
        keys.ended(true);
        return keys;
    }

    /** The keys that {@code url} answers with, as soon as it does. */
    public static TokenKeys at(URI url, Executor executor, Timer timer) {
        TokenKeys keys = new TokenKeys(new KeyServer(url), URL_PERIOD, executor, timer);
        keys.begin();
        return keys;
    }

    /** The key of {@code algorithm} with that id; if {@code id} is null, the only key of {@code algorithm}. */
    Answer find(String algorithm, @Nullable String id) {
        Optional<PublicKey> key = keys.find(algorithm, id);
        return key.isPresent() ? new Answer.Found(key.get()) : ask(algorithm, id);
    }

    private synchronized Answer ask(String algorithm, @Nullable String id) {
        Optional<PublicKey> key = keys.find(algorithm, id); // a read may have ended since
        if (key.isPresent()) {
            return new Answer.Found(key.get());
        }
        Duration now = timer.now();
        if (!isReading && !hasFailed && now.minus(readAt).compareTo(NEW) < 0) {
            return new Answer.Unknown();
        }
        if (!isReading && nextAt.compareTo(readAt.plus(PAUSE)) > 0) {
            schedule(readAt.plus(PAUSE));
        }
        return new Answer.Soon();
    }

    /** Under the lock. */
    private void schedule(Duration at) {
        if (next != null) {
            next.cancel();
        }
        nextAt = at;
        Duration delay = at.minus(timer.now());
        next = timer.after(delay.isNegative() ? Duration.ZERO : delay, this::begin);
    }

    synchronized void begin() {
        if (!isReading) {
            isReading = true;
            readAt = timer.now();
            executor.execute(this::read);
        }
    }

    private void read() {
        boolean isGood = false;
        try {
            Optional<String> text = source.read();
            if (text.isPresent()) {
                take(text.get());
            }
            isGood = text.isPresent() || !isComplainedOf; // what has not changed is as good as it was
        } catch (IOException | KeySet.NoKeySetException failure) {
            complain(failure);
        } finally {
            ended(isGood);
        }
    }

    private synchronized void ended(boolean isGood) {
        isReading = false;
        readAt = timer.now();
        hasFailed = !isGood;
        schedule(timer.now().plus(isGood ? period : PAUSE));
    }

    private void take(String text) throws KeySet.NoKeySetException {
        KeySet read = text.equals(lastText) ? keys : KeySet.parse(text);
        if (read.size() == 0) {
            throw new KeySet.NoKeySetException("it holds no public key that verifies tokens");
        }
        if (isComplainedOf || !text.equals(lastText)) {
            LOG.log(Level.INFO, "tokenly.token.keys: {0} has {1} keys", source, read.size());
            read.warnings().forEach(warning -> LOG.log(Level.WARNING, "tokenly.token.keys: {0}: {1}", source, warning));
        }
        keys = read;
        lastText = text;
        isComplainedOf = false;
    }

    private void complain(Exception failure) {
        if (!isComplainedOf) {
            isComplainedOf = true;
            LOG.log(
                    Level.WARNING,
                    "tokenly.token.keys: {0} cannot be used: {1}. {2} It is tried again every {3} s; nothing else is"
                            + " logged until it works.",
                    source,
                    failure.getMessage(),
                    keys.size() == 0
                            ? "No token that is signed with its keys is taken."
                            : "The keys that were read before stay in use.",
                    PAUSE.toSeconds());
        }
    }

    /** What is known of a key. */
    sealed interface Answer {

        /** Here it is. */
        record Found(PublicKey key) implements Answer {}

        /** There is no such key. */
        record Unknown() implements Answer {}

        /** There may be: the keys are being read, or will be in {@link #PAUSE} at most. */
        record Soon() implements Answer {}
    }
}
