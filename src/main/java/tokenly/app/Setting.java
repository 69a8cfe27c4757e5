package tokenly.app;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import tokenly.access.AddressBlocks;
import tokenly.access.AllowedHosts;
import tokenly.access.AllowedOrigins;
import tokenly.web.CrossOrigin;

/** Every setting: its key, default and range. docs/settings.md says the same, and a test compares the two. */
enum Setting {
    HTTP_ADDRESS("tokenly.http.address", "localhost:0", new ValueForm.HostAndPort()),
    OPEN("tokenly.open", "loopback", new ValueForm.Choice(List.of("loopback", "everywhere"))),
    HOSTS("tokenly.hosts", AllowedHosts.AUTO, new AccessForms.HostNames()),
    ORIGINS("tokenly.origins", AllowedOrigins.OWN, new AccessForms.PageOrigins()),
    ADMIN_TOKEN("tokenly.admin.token", new AccessForms.AsciiSecret()),
    ADMIN_TOKEN_FILE("tokenly.admin.token.file", new ValueForm.Text("a path")),
    STATUS("tokenly.status", "open", new ValueForm.Choice(List.of("open", "admin"))),
    RECONNECT_INITIAL_DELAY("tokenly.reconnect.initial.delay.ms", "1000", "10", "600000"),
    RECONNECT_FACTOR("tokenly.reconnect.factor", "2", "1.0", "10.0"),
    RECONNECT_MAX_DELAY("tokenly.reconnect.max.delay.ms", "30000", "10", "3600000"),
    RECONNECT_MAX_ATTEMPTS("tokenly.reconnect.max.attempts", "5", "1", "100"),
    RECONNECT_JITTER("tokenly.reconnect.jitter", "0.2", "0.0", "1.0"),
    RESUME_WINDOW("tokenly.resume.window.ms", "60000", "100", "86400000"),
    GOING_AWAY_GRACE("tokenly.going.away.grace.ms", "5000", "0", "3600000"),
    HEARTBEAT_INTERVAL("tokenly.heartbeat.interval.ms", "10000", "50", "3600000"),
    HEARTBEAT_TIMEOUT("tokenly.heartbeat.timeout.ms", "20000", "100", "7200000"),
    IDLE_TIMEOUT("tokenly.connection.idle.timeout.ms", "30000", "100", "3600000"),
    PROBE_TIMEOUT("tokenly.probe.timeout.ms", "2000", "50", "60000"),
    FRAME_BYTES("tokenly.frame.bytes", "65536", "65536", "1048576"),
    SEND_TIMEOUT("tokenly.send.timeout.ms", "10000", "50", "3600000"),
    SEND_QUEUE("tokenly.send.queue.bytes", "1048576", "65536", "1073741824"),
    SEND_QUEUES("tokenly.send.queues.bytes", heap -> heap / 12, "65536", "1099511627776"),
    CONNECTIONS("tokenly.connections.max", heap -> heap >> 16, "1", "10000000"),
    ADDRESS_CONNECTIONS("tokenly.address.connections.max", "1000", "1", "10000000"),
    ADDRESS_HANDSHAKES("tokenly.address.handshakes.per.second", "100", "1", "1000000"),
    CONNECTION_FRAMES("tokenly.connection.frames.per.second", "500", "1", "10000000"),
    CONNECTION_BYTES("tokenly.connection.bytes.per.second", "1048576", "16384", "1000000000"),
    RECEIVE_BYTES("tokenly.receive.bytes", heap -> heap / 32, "65536", "1099511627776"),
    RECEIVE_TIMEOUT("tokenly.receive.timeout.ms", "10000", "50", "3600000"),
    CORS_ORIGINS("tokenly.cors.origins", CrossOrigin.ANY, new ValueForm.Origins()),
    PROXIES("tokenly.proxies", AddressBlocks.NONE_TEXT, new AccessForms.Addresses()),
    GATEWAYS("tokenly.gateways", AddressBlocks.NONE_TEXT, new AccessForms.Addresses()),
    TOKEN_SECRET("tokenly.token.secret", new AccessForms.TokenSecret()),
    TOKEN_SECRET_FILE("tokenly.token.secret.file", new ValueForm.Text("a path")),
    TOKEN_KEYS("tokenly.token.keys", new AccessForms.KeysPlace()),
    TOKEN_ISSUER("tokenly.token.issuer", new ValueForm.Text("an issuer")),
    TOKEN_AUDIENCE("tokenly.token.audience", new ValueForm.Text("an audience")),
    TOKEN_LEEWAY("tokenly.token.leeway.ms", "30000", "0", "300000"),
    TOKEN_BYTES("tokenly.token.bytes", "4096", "256", "32768"),
    TOKEN_IN_URL("tokenly.token.in.url", "off", new ValueForm.Choice(List.of("off", "on"))),
    REVOKED_FILE("tokenly.revoked.file", new ValueForm.Text("a path")),
    REVOKED("tokenly.revoked", new AccessForms.Revoked()),
    ICE_URLS("tokenly.ice.urls", new ValueForm.IceServerUrls()),
    ICE_SECRET("tokenly.ice.secret", new AccessForms.AsciiSecret()),
    ICE_SECRET_FILE("tokenly.ice.secret.file", new ValueForm.Text("a path")),
    ICE_LIFETIME("tokenly.ice.lifetime.ms", "3600000", "60000", "86400000"),
    MAILBOX_MESSAGES("tokenly.mailbox.messages", "10000", "1", "1000000"),
    MAILBOX_BYTES("tokenly.mailbox.bytes", "4194304", "1024", "1073741824"),
    MAILBOXES_BYTES("tokenly.mailboxes.bytes", heap -> heap / 6, "65536", "1099511627776"),
    ADDRESS_MAILBOXES("tokenly.address.mailboxes.percent", "25", "1", "100"),
    ROOM_MAILBOXES("tokenly.room.mailboxes.percent", "50", "1", "100"),
    SESSIONS("tokenly.sessions.max", heap -> Math.min(heap >> 14, 100_000), "1", "10000000"),
    ADDRESS_SESSIONS("tokenly.address.sessions.max", "5000", "1", "10000000"),
    CONNECTION_SESSIONS("tokenly.connection.sessions.max", "1000", "1", "10000000"),
    ROOM_SESSIONS("tokenly.room.sessions.max", "1000", "1", "100000"),
    ROOM_QUEUE("tokenly.room.queue.max", "1000", "1", "1000000"),
    ROOM_QUEUES("tokenly.room.queues.bytes", heap -> heap / 32, "65536", "1099511627776"),
    STORE("tokenly.store", "journal", new ValueForm.Choice(List.of("journal", "memory", "postgres"))),
    STORE_URL("tokenly.store.url", new StoreForms.DatabaseUrl()),
    STORE_USER("tokenly.store.user", new ValueForm.Text("a user of the database")),
    STORE_PASSWORD("tokenly.store.password", new StoreForms.Password()),
    STORE_PASSWORD_FILE("tokenly.store.password.file", new ValueForm.Text("a path")),
    NODE_URL("tokenly.node.url", new StoreForms.NodeUrl()),
    CLUSTER_SECRET("tokenly.cluster.secret", new AccessForms.AsciiSecret()),
    CLUSTER_SECRET_FILE("tokenly.cluster.secret.file", new ValueForm.Text("a path")),
    STORE_DIRECTORY("tokenly.store.dir", "data", new ValueForm.Text("a path")),
    STORE_FILE("tokenly.store.file.bytes", "67108864", "65536", "1073741824"),
    STORE_FSYNC("tokenly.store.fsync", "off", new ValueForm.Choice(List.of("off", "interval", "always")));

    private final String key;
    private final String byDefault;

    @SuppressWarnings("Immutable") // all of its kinds are records of what never changes
    private final ValueForm form;

    @SuppressWarnings("Immutable") // computes, and holds nothing
    private final LongUnaryOperator fromHeap;

    Setting(String key, String byDefault, String min, String max) {
        this(key, byDefault, range(min, max));
    }

    /** One that is {@value ValueForm#NONE} by default. */
    Setting(String key, ValueForm form) {
        this(key, ValueForm.NONE, new ValueForm.Optionally(form));
    }

    Setting(String key, String byDefault, ValueForm form) {
        this(key, byDefault, form, heap -> 0);
    }

    /** One whose default is computed: {@code fromHeap} takes the bytes of the heap. */
    Setting(String key, LongUnaryOperator fromHeap, String min, String max) {
        this(key, ValueForm.Automatic.AUTO, new ValueForm.Automatic(range(min, max)), fromHeap);
    }

    Setting(String key, String byDefault, ValueForm form, LongUnaryOperator fromHeap) {
        this.key = key;
        this.byDefault = byDefault;
        this.form = form;
        this.fromHeap = fromHeap;
    }

    private static ValueForm.Range range(String min, String max) {
        return new ValueForm.Range(new BigDecimal(min), new BigDecimal(max));
    }

    /** Its MicroProfile Config name. */
    String key() {
        return key;
    }

    /** Its name in the environment (MicroProfile Config 3.1, "Environment Variables Mapping Rules"). */
    String environmentKey() {
        return key.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    String byDefault() {
        return byDefault;
    }

    /** As people read it, both ends of a range of numbers included: {@code 10 to 600000}. */
    String range() {
        return form.range();
    }

    /** {@code text}, also one that it may not have, as a log or a message may show it: what may be a secret as {@code ***}. */
    String shown(String text) {
        return form.shown(text);
    }

    /** The value that {@code text} holds, if it is one that this setting may have. */
    Optional<String> parse(String text) {
        return Optional.of(text.strip()).filter(form::accepts);
    }

    /** What {@code auto} means to this setting on a server of that many bytes of heap; empty if it has no such value. */
    Optional<BigDecimal> automatic(long heapBytes) {
        return form instanceof ValueForm.Automatic automatic
                ? Optional.of(automatic.numbers().nearest(BigDecimal.valueOf(fromHeap.applyAsLong(heapBytes))))
                : Optional.empty();
    }
}
