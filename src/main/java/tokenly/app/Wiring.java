package tokenly.app;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.access.Door;
import tokenly.access.LimitHits;
import tokenly.access.NodeDoor;
import tokenly.access.Places;
import tokenly.cluster.Cluster;
import tokenly.session.Account;
import tokenly.session.Limits;
import tokenly.session.ReconnectModel;
import tokenly.session.RoomExecutors;
import tokenly.session.Store;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.socket.ConnectionFactory;
import tokenly.socket.Forwarder;
import tokenly.status.InfoJson;
import tokenly.status.StatusSource;
import tokenly.wire.IceServers;

/** Puts the parts together, once, and starts and stops them with the application. */
@ApplicationScoped
public class Wiring {

    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    /** How long clients may take to read their closes; Ctrl+C is to end the server in under 5 s. */
    private static final long CLOSE_SECONDS = 2;

    private Settings settings;
    private @Nullable Nodes nodes; // null where this server has all rooms itself
    private Store store;
    private ScheduledTimer timer;
    private ServerThreads threads;
    private Door door;
    private IceServers iceServers;

    @PostConstruct
    void construct() {
        settings = usable(Settings::read);
        nodes = usable(() -> Nodes.open(settings.stores()));
        store = nodes == null ? settings.stores().store() : nodes.store();
        timer = new ScheduledTimer();
        threads = new ServerThreads();
        door = usable(() -> settings.tokens().door(threads.token(), timer, InstantSource.system()));
        iceServers = usable(() -> settings.ice().servers(InstantSource.system()));
    }

    /** Also logs why the server cannot start: a container shows that only in a stack trace. */
    private static <T extends @Nullable Object> T usable(Supplier<T> part) {
        try {
            return part.get();
        } catch (IllegalArgumentException unusable) {
            LOG.log(Level.ERROR, "Tokenly cannot start: {0}", unusable.getMessage());
            throw unusable;
        }
    }

    /** Makes everything at the start, so that a wrong setting stops it and not the first visitor. */
    void start(
            @Observes @Initialized(ApplicationScoped.class) Object event,
            Switchboard switchboard,
            Store store,
            Forwarder forwarder) {
        switchboard.restore(recover(store, settings.mailboxSums().all()));
        LOG.log(Level.INFO, "by a heap of {0} MiB: {1}", Runtime.getRuntime().maxMemory() >> 20, settings.automatic());
        LOG.log(Level.INFO, "settings that differ from their defaults: {0}", settings.changed());
        LOG.log(Level.INFO, new DoorSettings(settings).openTo());
        if (nodes != null) {
            nodes.join();
        }
        LOG.log(Level.INFO, "Tokenly is up: {0}", switchboard.status());
        new ReadyLine(settings.httpAddress(), timer, threads.socket()).begin();
    }

    private static Store.Recovered recover(Store store, long mailboxBytes) {
        try {
            return store.recover(mailboxBytes).toCompletableFuture().join();
        } catch (CompletionException failure) {
            LOG.log(Level.ERROR, "Tokenly cannot start without its store", failure.getCause());
            throw failure;
        }
    }

    /**
     * Ends every connection; servers that close them before this have left nothing to do. The order: what was sent before
     * goes out, then the closes, and only then end the threads that both need: a close comes out of a send.
     */
    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event, Switchboard switchboard)
            throws InterruptedException {
        if (nodes != null) {
            nodes.leave();
        }
        if (!areClosed(switchboard.stop())) {
            LOG.log(Level.INFO, "some clients did not read on: their connections end without a close");
        }
        timer.close();
        if (!threads.stop()) {
            LOG.log(Level.WARNING, "the store did not take the last records in time");
        }
        LOG.log(Level.INFO, "Tokenly has stopped");
    }

    private static boolean areClosed(CompletionStage<?> closes) throws InterruptedException {
        try {
            closes.toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException slow) {
            return false;
        } catch (ExecutionException bug) {
            throw new IllegalStateException("a connection could not be closed", bug);
        }
    }

    /** Last of all, so that whatever the closes have changed is written. */
    @PreDestroy
    void destroy() {
        Object last = nodes == null ? store : nodes;
        if (last instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException failure) { // written is written; only that the end was a good one is not
                LOG.log(Level.WARNING, "the store was not closed in peace", failure);
            }
        }
    }

    @Produces
    @Singleton
    Timer timer() {
        return timer;
    }

    @Produces
    @Singleton
    ReconnectModel reconnectModel() {
        return new ReconnectModel(settings.reconnectPolicy(), timer, InstantSource.system());
    }

    @Produces
    @Singleton
    Store store() {
        return store;
    }

    @Produces
    @Singleton
    NodeDoor nodeDoor() {
        return nodes == null ? NodeDoor.CLOSED : nodes.door();
    }

    /** Asked for by a node only. */
    @Produces
    @Singleton
    Cluster cluster(Switchboard switchboard) {
        if (nodes == null) {
            throw new IllegalStateException("this server is no node of a cluster");
        }
        return nodes.cluster(
                switchboard,
                timer,
                iceServers,
                settings.mailboxSums().all(),
                () -> new Account(settings.accountLimits()));
    }

    @Produces
    @Singleton
    Forwarder forwarder(Instance<Cluster> cluster) {
        return nodes == null ? Forwarder.NONE : cluster.get().forwarder();
    }

    @Produces
    @Singleton
    StatusSource statusSource(Switchboard switchboard, Instance<Cluster> cluster) {
        return nodes == null ? switchboard::status : cluster.get()::status;
    }

    @Produces
    @Singleton
    Settings settings() {
        return settings;
    }

    @Produces
    @Singleton
    Limits limits() {
        return settings.limits();
    }

    @Produces
    @Singleton
    RoomExecutors executors() {
        return new RoomExecutors(
                threads.room(), settings.whole(Setting.ROOM_QUEUE), settings.large(Setting.ROOM_QUEUES), timer::now);
    }

    @Produces
    @Singleton
    InfoJson info() {
        return new InfoJson(iceServers.hasTurn(), iceServers.hasStun(), door.asksForTokens());
    }

    @Produces
    @Singleton
    LimitHits limitHits() {
        return new LimitHits(timer);
    }

    @Produces
    @Singleton
    Door door() {
        return door;
    }

    @Produces
    @Singleton
    ConnectionFactory connectionFactory(
            Switchboard switchboard, Forwarder forwarder, Places places, LimitHits limitHits, Door door) {
        return new ConnectionFactory(
                switchboard,
                forwarder,
                timer,
                places,
                limitHits,
                door,
                settings.heartbeatTimes(),
                settings.socketLimits(),
                settings.parameters(iceServers),
                threads.socket());
    }
}
