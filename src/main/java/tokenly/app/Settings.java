package tokenly.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import tokenly.access.AddressBlocks;
import tokenly.access.PlaceLimits;
import tokenly.session.AccountLimits;
import tokenly.session.Limits;
import tokenly.session.MailboxBounds;
import tokenly.session.MailboxSums;
import tokenly.session.ReconnectPolicy;
import tokenly.socket.HeartbeatTimes;
import tokenly.socket.SocketLimits;
import tokenly.web.CrossOrigin;
import tokenly.wire.IceServers;
import tokenly.wire.ServerParameters;

/** The settings of this server, all checked. */
final class Settings {

    private final Map<Setting, String> values; // each of the form of its setting; those that are not set are not in it
    private final long heapBytes;

    private Settings(Map<Setting, String> values, long heapBytes) {
        this.values = values;
        this.heapBytes = heapBytes;
    }

    /**
     * Reads every setting of this server, from MicroProfile Config.
     *
     * @throws IllegalArgumentException naming every unknown name and every value out of its range, a line each
     */
    static Settings read() {
        Config config = ConfigProvider.getConfig();
        return read(
                Runtime.getRuntime().maxMemory(),
                config.getPropertyNames(),
                System.getenv().keySet(),
                key -> config.getOptionalValue(key, String.class));
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
        SettingFaults faults = new SettingFaults();
        faults.checkNames(names, environmentNames);
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            Optional<String> text = value.apply(setting.key());
            text.flatMap(setting::parse).ifPresent(valid -> values.put(setting, valid));
            text.ifPresent(any -> faults.checkValue(setting, any));
        }
        Settings settings = new Settings(values, heapBytes);
        faults.checkTogether(settings);
        faults.throwIfAny();
        return settings;
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

    /** What clients are told. */
    ServerParameters parameters(IceServers iceServers) {
        HeartbeatTimes heartbeat = heartbeatTimes();
        return new ServerParameters(
                reconnectPolicy(),
                number(Setting.RECONNECT_JITTER).doubleValue(),
                heartbeat.interval(),
                heartbeat.timeout(),
                mailbox(),
                whole(Setting.FRAME_BYTES),
                tokens().asksForTokens(),
                iceServers);
    }

    /** Pages of which origins may read what is public. */
    CrossOrigin crossOrigin() {
        return CrossOrigin.parse(text(Setting.CORS_ORIGINS)).orElseThrow();
    }

    TokenSettings tokens() {
        return new TokenSettings(this);
    }

    IceSettings ice() {
        return new IceSettings(this);
    }

    /** Where the server listens, as {@code host:port}. */
    String httpAddress() {
        return text(Setting.HTTP_ADDRESS);
    }

    StoreSettings stores() {
        return new StoreSettings(this);
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

    /** What is not as it is by default, each as {@code key=value}, separated by commas; what may be a secret as {@code ***}. */
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

    /** The value of a setting that may be {@value ValueForm#NONE}; empty if it is. */
    Optional<String> ifSet(Setting setting) {
        return Optional.of(text(setting)).filter(text -> !text.equals(ValueForm.NONE));
    }

    /** Whether a setting that may be {@value ValueForm#NONE} is something else. */
    boolean isSet(Setting setting) {
        return ifSet(setting).isPresent();
    }

    String text(Setting setting) {
        return values.getOrDefault(setting, setting.byDefault());
    }
}
