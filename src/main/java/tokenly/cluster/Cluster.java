package tokenly.cluster;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.session.Account;
import tokenly.session.Status;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.socket.Forwarder;
import tokenly.wire.IceServers;

/**
 * This node among the others: every half second it says that it lives, sees who else does, and claims or gives away shards until each has
 * its share. Thread-safe.
 */
public final class Cluster implements Closeable {

    private static final System.Logger LOG = System.getLogger(Cluster.class.getName());

    private static final Duration BEAT = Duration.ofMillis(500);

    /** A node that is silent for so long on a link is taken for lost. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Parts parts;
    private final Routes routes;
    private final ShardStores stores;
    private final OwnShards shards;
    private final Creates creates;
    private final Edge edge;
    private final Map<String, Link> links = new ConcurrentHashMap<>();
    private final Set<Hub> hubs = ConcurrentHashMap.newKeySet(); // of links that other nodes have opened
    private final Map<String, WeakReference<Account>> accounts =
            new ConcurrentHashMap<>(); // of client addresses of other nodes
    private final Set<String> dead = ConcurrentHashMap.newKeySet(); // URLs at which nothing listens
    private final Set<Integer> claiming = ConcurrentHashMap.newKeySet();
    private volatile List<Status> others = List.of();
    private volatile boolean isStopping;
    private boolean isDatabaseAway; // belongs to the thread of the beat, like all below
    private @Nullable Duration answered; // when the database has answered last
    private Duration patientUntil = Duration.ZERO;

    /**
     * What it works with.
     *
     * @param url by which other nodes reach this one, without a slash at the end
     * @param mailboxBytes the most that the mailboxes of one shard may take when it is recovered
     * @param accounts makes one for a client address
     * @param beats one thread, which may wait for the database
     * @param links one thread
     * @param threads may wait for the database
     * @param notes one thread, which may wait for the database
     */
    public record Parts(
            String url,
            Ownership ownership,
            LinkTransport transport,
            Switchboard switchboard,
            Timer timer,
            IceServers iceServers,
            long mailboxBytes,
            Supplier<Account> accounts,
            Executor beats,
            Executor links,
            Executor threads,
            Executor notes) {}

    /** The store of a node, which the model needs before there is a {@link Cluster}. */
    public static final class Base {

        private final Routes routes;
        private final ShardStores stores;

        /** @param url by which other nodes reach this one */
        public Base(String url) {
            this.routes = new Routes(url);
            this.stores = new ShardStores(routes);
        }

        /** For the model. */
        public ShardStores store() {
            return stores;
        }
    }

    public Cluster(Base base, Parts parts) {
        this.parts = parts;
        this.routes = base.routes;
        this.stores = base.stores;
        this.shards = new OwnShards(new OwnShards.Parts(
                parts.ownership(), routes, stores, parts.switchboard(), parts.mailboxBytes(), parts.notes()));
        this.creates = new Creates(parts.ownership(), routes, parts.switchboard(), parts.threads());
        Search.Parts searched = new Search.Parts(routes, creates, parts.switchboard(), parts.timer());
        this.edge = new Edge(new Search(searched, this::link), searched, this::isDead);
    }

    /** Joins the others. */
    public void start() {
        parts.beats().execute(this::beat);
        parts.links().execute(this::beatLinks);
    }

    /** For the sockets of clients. */
    public Forwarder forwarder() {
        return edge;
    }

    /** The status of all nodes. */
    public Status status() {
        return StatusText.sum(parts.switchboard().status(), others);
    }

    /** Tells the database that this node lives; on a thread of its own, for the database may keep it waiting. */
    private void beat() {
        if (!isStopping) {
            askDatabase();
            parts.timer().after(BEAT, () -> parts.beats().execute(this::beat));
        }
    }

    /** Tells the other nodes that this one lives, and sees to what waits; never waits itself. */
    private void beatLinks() {
        if (isStopping) {
            return;
        }
        parts.timer().after(BEAT, () -> parts.links().execute(this::beatLinks));
        links.values().forEach(link -> link.beat(SILENCE));
        hubs.stream().filter(hub -> hub.isSilent(SILENCE)).forEach(Hub::closed);
        accounts.values().removeIf(account -> account.get() == null);
        parts.notes().execute(stores::enterRest);
        edge.lookAgain();
    }

    /** Says that this node lives, and does what the answer asks for. */
    private void askDatabase() {
        try {
            look(parts.ownership().beat(StatusText.encode(parts.switchboard().status())));
            if (isDatabaseAway) {
                isDatabaseAway = false;
                LOG.log(Level.INFO, "the database answers again");
            }
        } catch (IOException failure) {
            if (!isDatabaseAway) {
                isDatabaseAway = true;
                LOG.log(Level.ERROR, "the database does not answer: what needs it is refused until it does", failure);
            }
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "a beat of the cluster failed", bug);
        }
    }

    /** Nothing listens at the URL of a node that owns shards: they are claimed at once. */
    private void isDead(String url) {
        if (dead.add(url) && !isStopping) {
            LOG.log(Level.WARNING, "the node {0} is dead", url);
            parts.beats().execute(this::askDatabase);
        }
    }

    private void look(Ownership.View view) {
        routes.update(view);
        others = view.nodes().stream()
                .filter(node -> node.isAlive() && !node.url().equals(parts.url()))
                .flatMap(node -> StatusText.decode(node.status()).stream())
                .toList();
        for (Ownership.Shard shard : view.shards()) {
            shards.fence(shard.number()).ifPresent(fence -> {
                if (shard.fence() > fence) {
                    parts.threads().execute(() -> shards.lose(shard.number(), fence));
                }
            });
        }
        Set<Integer> held = new HashSet<>(claiming);
        view.shards().stream().map(Ownership.Shard::number).filter(shards::has).forEach(held::add);
        Balance balance = Balance.of(view, parts.url(), held, dead::contains);
        boolean isPatient = areOthersJustComing();
        balance.claims().stream().filter(shard -> !isPatient || isFree(shard)).forEach(this::claim);
        shards.ready().stream()
                .limit(balance.gifts())
                .forEach(shard -> parts.threads().execute(() -> shards.giveAway(shard)));
        dead.removeIf(url -> view.shards().stream()
                .noneMatch(shard -> shard.owner().filter(url::equals).isPresent()));
    }

    /**
     * Whether others may not have had the time to renew their leases: the database was away for all, and this node is the first that it
     * answers. What they own is claimed only if they have not by the end of a lease.
     */
    private boolean areOthersJustComing() {
        Duration now = parts.timer().now();
        if (answered != null && now.minus(answered).compareTo(SILENCE) >= 0) {
            patientUntil = now.plus(SILENCE);
        }
        answered = now;
        return now.compareTo(patientUntil) < 0;
    }

    /** Whether no other node can be about to go on with it. */
    private boolean isFree(Ownership.Shard shard) {
        return shard.owner()
                .filter(owner -> !owner.equals(parts.url()) && !dead.contains(owner))
                .isEmpty();
    }

    private void claim(Ownership.Shard seen) {
        if (claiming.add(seen.number())) {
            parts.threads().execute(() -> {
                try {
                    if (!isStopping) {
                        shards.claim(seen, !seen.isExpired());
                    }
                } finally {
                    claiming.remove(seen.number());
                    edge.lookAgain();
                }
            });
        }
    }

    private Link link(String url) {
        Link known = links.get(url);
        if (known != null) {
            return known;
        }
        Link fresh = links.computeIfAbsent(
                url, missing -> new Link(url, parts.transport(), new Ends(), parts.timer()::now, parts.links()));
        fresh.watch();
        return fresh;
    }

    /** A link that is closed is opened anew when it is needed. */
    private final class Ends implements Link.Events {

        @Override
        public void said(Link link, LinkFrame frame) {
            if (frame.kind() != LinkFrame.Kind.BEAT) {
                edge.said(link, frame);
            }
        }

        @Override
        public void closed(Link link, boolean isRefused) {
            links.remove(link.url(), link);
            edge.closed(link, isRefused);
        }
    }

    /** Another node, which has the secret, has opened {@code socket}: what comes on it goes to the receiver that is returned. */
    public LinkTransport.Receiver accept(LinkTransport.Socket socket) {
        Hub hub = new Hub(
                socket,
                new Hub.Parts(
                        parts.switchboard(),
                        creates,
                        routes::isHere,
                        this::account,
                        parts.iceServers(),
                        parts.timer()::now,
                        parts.links(),
                        hubs::remove));
        hubs.add(hub);
        return hub;
    }

    /** The same one as long as a connection or a session has it. */
    private Account account(String address) {
        if (address.isEmpty()) {
            return Account.unbounded();
        }
        Account[] found = new Account[1];
        accounts.compute(address, (key, known) -> {
            Account present = known == null ? null : known.get();
            found[0] = present == null ? parts.accounts().get() : present;
            return present == null ? new WeakReference<>(found[0]) : known;
        });
        return found[0];
    }

    /** Gives all shards away, so that the others have them before this node is gone; then its clients have to be told to come again. */
    public void leave() {
        isStopping = true;
        CompletableFuture.allOf(shards.ready().stream()
                        .map(shard -> CompletableFuture.runAsync(() -> shards.giveAway(shard), parts.threads()))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    @Override
    public void close() throws IOException {
        isStopping = true;
        List.copyOf(links.values()).forEach(Link::close);
        hubs.forEach(Hub::closed);
        parts.ownership().close();
    }
}
