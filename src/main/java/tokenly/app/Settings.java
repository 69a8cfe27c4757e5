package tokenly.app;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tokenly.access.AddressBlocks;
import tokenly.access.PlaceLimits;
import tokenly.protocol.FrameLimits;
import tokenly.session.AccountLimits;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectPolicy;
import tokenly.session.Store;
import tokenly.socket.HeartbeatTimes;
import tokenly.socket.SocketLimits;
import tokenly.store.Fsync;
import tokenly.store.JournalStore;
import tokenly.store.MemoryStore;
import tokenly.web.CrossOrigin;
import tokenly.wire.ServerParameters;

/** The settings of this server, all checked. */
final class Settings {

    /** Where clients of the same user have their token in the environment; it is no setting of a server. */
    private static final String TOKEN_OF_CLIENTS = "TOKENLY_TOKEN";

    private static final String TOKEN_OF_CLIENTS_AS_KEY = "tokenly.token";

    private final Map<Setting, String> values; // each of the form of its setting
    private final long heapBytes;

    private Settings(Map<Setting, String> values, long heapBytes) {
        this.values = values;
        this.heapBytes = heapBytes;
    }

    /**
     * Reads every setting.
     *
     * @param heapBytes of the JVM, from which what is {@code auto} is computed
     * @param names of all properties that are set anywhere
     * @param environmentNames of all variables of the environment
     * @param value of a setting, by its key
     * @throws IllegalArgumentException naming every unknown name and every value out of its range, a line each
     */
    static Settings read(
            long heapBytes,
            Iterable<String> names,
            Iterable<String> environmentNames,
            Function<String, Optional<String>> value) {
        List<String> faults = new ArrayList<>();
        Set<String> variables = new HashSet<>();
        environmentNames.forEach(variables::add);
        boolean hasTokenOfClients = variables.remove(TOKEN_OF_CLIENTS);
        for (String name : names) { // a variable may stand here, too, in the form of a key
            if (!hasTokenOfClients || !name.equals(TOKEN_OF_CLIENTS_AS_KEY)) {
                checkName(name, "tokenly.", Setting::key, faults);
            }
        }
        variables.forEach(name -> checkName(name, "TOKENLY_", Setting::environmentKey, faults));
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Optional<String> text = value.apply(setting.key());
            Optional<String> valid = text.isEmpty() ? Optional.of(setting.byDefault()) : setting.parse(text.get());
            values.put(setting, valid.orElse(setting.byDefault()));
            if (valid.isEmpty()) {
                faults.add(setting.key() + " is " + setting.shown(text.get()) + ", but must be " + setting.range());
            }
        }
        Settings settings = new Settings(values, heapBytes);
        if (faults.isEmpty()) {
            settings.addContradictions(faults);
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "Tokenly cannot start with these settings:\n  " + String.join("\n  ", faults));
        }
        return settings;
    }

    private static void checkName(String name, String prefix, Function<Setting, String> known, List<String> faults) {
        boolean isOurs = name.startsWith(prefix);
        if (isOurs && Arrays.stream(Setting.values()).map(known).noneMatch(name::equals)) {
            faults.add(name + " is no setting; there are "
                    + Arrays.stream(Setting.values()).map(known).collect(Collectors.joining(", ")));
        }
    }

    /** Values that are in range one by one but do not fit together. */
    private void addContradictions(List<String> faults) {
        DoorSettings door = new DoorSettings(this);
        Stream.<Runnable>of(
                        this::reconnectPolicy,
                        this::heartbeatTimes,
                        this::checkFrames,
                        tokens()::check,
                        door::checkOpen,
                        door::checkAdmins)
                .forEach(build -> {
                    try {
                        build.run();
                    } catch (IllegalArgumentException contradiction) {
                        faults.add(contradiction.getMessage());
                    }
                });
    }

    /** A large frame must fit beside others, or its reader would be called too slow again and again. */
    private void checkFrames() {
        int frame = whole(Setting.FRAME_BYTES);
        if (frame > FrameLimits.DEFAULT_FRAME_BYTES && whole(Setting.SEND_QUEUE) < 2 * frame) {
            throw new IllegalArgumentException(Setting.SEND_QUEUE.key() + " is " + whole(Setting.SEND_QUEUE)
                    + ", but must be at least twice " + Setting.FRAME_BYTES.key() + ", which is " + frame);
        }
    }

    ReconnectPolicy reconnectPolicy() {
        return new ReconnectPolicy(
                millis(Setting.RECONNECT_INITIAL_DELAY),
                number(Setting.RECONNECT_FACTOR).doubleValue(),
                millis(Setting.RECONNECT_MAX_DELAY),
                whole(Setting.RECONNECT_MAX_ATTEMPTS),
                millis(Setting.RESUME_WINDOW));
    }

    HeartbeatTimes heartbeatTimes() {
        return new HeartbeatTimes(
                millis(Setting.HEARTBEAT_INTERVAL),
                millis(Setting.HEARTBEAT_TIMEOUT),
                millis(Setting.PROBE_TIMEOUT),
                millis(Setting.SEND_TIMEOUT),
                millis(Setting.IDLE_TIMEOUT));
    }

    Limits limits() {
        return new Limits(
                whole(Setting.SESSIONS),
                whole(Setting.ROOM_SESSIONS),
                millis(Setting.GOING_AWAY_GRACE),
                mailbox(),
                mailboxSums());
    }

    /** Of each client address that is no gateway. */
    AccountLimits accountLimits() {
        return new AccountLimits(
                whole(Setting.ADDRESS_SESSIONS),
                whole(Setting.CONNECTION_SESSIONS),
                mailboxShare(Setting.ADDRESS_MAILBOXES));
    }

    MailboxSums mailboxSums() {
        return new MailboxSums(large(Setting.MAILBOXES_BYTES), mailboxShare(Setting.ROOM_MAILBOXES));
    }

    private long mailboxShare(Setting percent) {
        return Math.max(1, large(Setting.MAILBOXES_BYTES) / 100 * whole(percent));
    }

    private MailboxBounds mailbox() {
        return new MailboxBounds(whole(Setting.MAILBOX_MESSAGES), whole(Setting.MAILBOX_BYTES));
    }

    PlaceLimits placeLimits() {
        return new PlaceLimits(
                whole(Setting.CONNECTIONS),
                whole(Setting.ADDRESS_CONNECTIONS),
                whole(Setting.ADDRESS_HANDSHAKES),
                large(Setting.CONNECTION_FRAMES),
                large(Setting.CONNECTION_BYTES));
    }

    SocketLimits socketLimits() {
        return new SocketLimits(
                whole(Setting.FRAME_BYTES),
                whole(Setting.SEND_QUEUE),
                large(Setting.SEND_QUEUES),
                large(Setting.RECEIVE_BYTES),
                millis(Setting.RECEIVE_TIMEOUT));
    }

    /** What resumable clients are told. */
    ServerParameters parameters() {
        HeartbeatTimes heartbeat = heartbeatTimes();
        return new ServerParameters(
                reconnectPolicy(),
                number(Setting.RECONNECT_JITTER).doubleValue(),
                heartbeat.interval(),
                heartbeat.timeout(),
                mailbox(),
                whole(Setting.FRAME_BYTES),
                tokens().asksForTokens());
    }

    /** Pages of which origins may read what is public. */
    CrossOrigin crossOrigin() {
        return CrossOrigin.parse(text(Setting.CORS_ORIGINS)).orElseThrow();
    }

    TokenSettings tokens() {
        return new TokenSettings(this);
    }

    /** Where the server listens, as {@code host:port}. */
    String httpAddress() {
        return text(Setting.HTTP_ADDRESS);
    }

    /** Where the model writes; it has not been recovered yet. */
    Store store() {
        return text(Setting.STORE).equals("memory")
                ? new MemoryStore()
                : new JournalStore(
                        Path.of(text(Setting.STORE_DIRECTORY)),
                        Fsync.valueOf(text(Setting.STORE_FSYNC).toUpperCase(Locale.ROOT)),
                        whole(Setting.STORE_FILE));
    }

    int whole(Setting setting) {
        return number(setting).intValueExact();
    }

    /** A whole number that may pass 2^31. */
    long large(Setting setting) {
        return number(setting).longValueExact();
    }

    AddressBlocks addresses(Setting setting) {
        return AddressBlocks.parse(text(setting)).orElse(AddressBlocks.NONE);
    }

    /** What is {@code auto}, each as {@code key=value}, separated by commas. */
    String automatic() {
        return Arrays.stream(Setting.values())
                .filter(this::isAutomatic)
                .map(setting -> setting.key() + "=" + large(setting))
                .collect(Collectors.joining(", "));
    }

    /** What is not as it is by default, each as {@code key=value}, separated by commas; secrets as {@code ***}. */
    String changed() {
        return Arrays.stream(Setting.values())
                .filter(setting -> !text(setting).equals(setting.byDefault()))
                .map(setting -> setting.key() + "=" + setting.shown(text(setting)))
                .collect(Collectors.joining(", "));
    }

    private boolean isAutomatic(Setting setting) {
        return text(setting).equals(ValueForm.Automatic.AUTO)
                && setting.automatic(heapBytes).isPresent();
    }

    Duration millis(Setting setting) {
        return Duration.ofMillis(whole(setting));
    }

    private BigDecimal number(Setting setting) {
        return isAutomatic(setting) ? setting.automatic(heapBytes).orElseThrow() : new BigDecimal(text(setting));
    }

    String text(Setting setting) {
        return values.getOrDefault(setting, setting.byDefault());
    }
}
