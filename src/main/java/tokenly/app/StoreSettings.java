package tokenly.app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tokenly.access.NodeDoor;
import tokenly.postgres.DatabaseAddress;
import tokenly.session.Store;
import tokenly.store.Fsync;
import tokenly.store.JournalStore;
import tokenly.store.MemoryStore;

/** The settings of the store, and of the cluster that a database makes possible. */
final class StoreSettings {

    private final Settings settings;

    StoreSettings(Settings settings) {
        this.settings = settings;
    }

    /** Whether this server keeps its rooms in a database, which others may share. */
    boolean isCluster() {
        return settings.text(Setting.STORE).equals("postgres");
    }

    /**
     * Whether they fit together, and the files of secrets can be used.
     *
     * @throws IllegalArgumentException with a message for the operator if not
     */
    void check() {
        SecretSetting.STORE_PASSWORD.read(settings);
        SecretSetting.CLUSTER_SECRET.read(settings);
        if (!isCluster()) {
            refuseSettingsOfADatabase();
        } else if (!settings.isSet(Setting.STORE_URL)) {
            throw new IllegalArgumentException(Setting.STORE.key() + " is postgres, so " + Setting.STORE_URL.key()
                    + " must say where the database is, such as jdbc:postgresql://localhost/tokenly");
        } else if (SecretSetting.CLUSTER_SECRET.isSet(settings) && !settings.isSet(Setting.NODE_URL)) {
            throw new IllegalArgumentException(Setting.CLUSTER_SECRET.key() + " is set, so " + Setting.NODE_URL.key()
                    + " must say where other nodes reach this one, such as ws://10.0.0.1:3003");
        }
    }

    private void refuseSettingsOfADatabase() {
        Stream.of(
                        Setting.STORE_URL,
                        Setting.STORE_USER,
                        Setting.STORE_PASSWORD,
                        Setting.STORE_PASSWORD_FILE,
                        Setting.NODE_URL,
                        Setting.CLUSTER_SECRET,
                        Setting.CLUSTER_SECRET_FILE)
                .filter(settings::isSet)
                .findFirst()
                .ifPresent(set -> {
                    throw new IllegalArgumentException(
                            set.key() + " is set, but needs " + Setting.STORE.key() + "=postgres");
                });
    }

    /** The store of a server that has all rooms itself; it has not been recovered yet. */
    Store store() {
        return settings.text(Setting.STORE).equals("memory")
                ? new MemoryStore()
                : new JournalStore(
                        Path.of(settings.text(Setting.STORE_DIRECTORY)),
                        Fsync.valueOf(settings.text(Setting.STORE_FSYNC).toUpperCase(Locale.ROOT)),
                        settings.whole(Setting.STORE_FILE));
    }

    /** Where the database is. Only of a cluster. */
    DatabaseAddress database() {
        return new DatabaseAddress(
                settings.text(Setting.STORE_URL),
                settings.ifSet(Setting.STORE_USER).orElse(null),
                SecretSetting.STORE_PASSWORD
                        .read(settings)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse(null));
    }

    /** By which other nodes reach this one; a node without others has a name all the same. */
    String nodeUrl() {
        return settings.ifSet(Setting.NODE_URL).orElse("ws://" + settings.httpAddress());
    }

    /** Who may open a link to this node. */
    NodeDoor nodeDoor(InstantSource clock) {
        Optional<byte[]> secret = SecretSetting.CLUSTER_SECRET.read(settings);
        return secret.isPresent() ? new NodeDoor(secret.get(), clock) : NodeDoor.CLOSED;
    }
}
