package tokenly.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One server that comes and goes, its store, its clients and the network between them, and what was wrong. */
final class World {

    private static final int ROOM_CAPACITY = 8;
    private static final MailboxBounds WIDE = new MailboxBounds(10_000, 1_000_000);
    private static final MailboxBounds TINY = new MailboxBounds(12, 2_500);

    final Random random;
    final FaultMix faultMix;
    final LateStore store = new LateStore();
    final DeliveryLog deliveries = new DeliveryLog(this);
    final Monitor monitor = new Monitor(this);
    final List<RoomId> rooms;
    final List<ReferenceClient> clients = new ArrayList<>();
    private final Map<SessionId, Role> roles = new HashMap<>();
    final List<PlainReferenceClient> plains = new ArrayList<>();
    final List<Link> links = new ArrayList<>(); // those that the server has not noticed to be gone
    FakeTimer timer = new FakeTimer();
    Switchboard switchboard;

    final MailboxBounds bounds;
    private final List<String> faults = new ArrayList<>();
    private int names;

    World(long seed) {
        random = new Random(seed);
        faultMix = FaultMix.of(random);
        bounds = faultMix.tiny() ? TINY : WIDE;
        switchboard = server();
        rooms = random.nextInt(3) == 0 ? List.of(new RoomId("room"), new RoomId("other")) : List.of(new RoomId("room"));
        int sessions = 0;
        for (int i = 0; i < 2 + random.nextInt(4) && sessions < 6; i++) {
            Permit permit = anyPermit("owner" + i);
            ReferenceClient client = new ReferenceClient(this, "instance" + ++names, permit, "");
            for (int j = 0; j < 1 + random.nextInt(2); j++) {
                SessionId id = new SessionId("s" + ++sessions);
                roles.put(id, permit.role());
                client.sessions.add(new ReferenceSession(this, client, id, anyRoom(), null));
            }
            clients.add(client);
        }
        for (int i = 0; faultMix.plain() && i < 1 + random.nextInt(2); i++) {
            Permit permit = anyPermit("plain owner" + i);
            SessionId id = new SessionId("p" + i);
            roles.put(id, permit.role());
            plains.add(new PlainReferenceClient(this, id, anyRoom(), permit));
        }
    }

    /** Hidden ones may not send to all. */
    private Permit anyPermit(String owner) {
        if (!faultMix.roles()) {
            return Permit.EVERYTHING;
        }
        Role role = faultMix.mayForget() // then only presence tells a sender what the server has forgotten
                ? new Role(owner, false, true)
                : new Role(owner, random.nextInt(3) == 0, random.nextInt(3) > 0);
        return FakePermit.of(role).sendingTo(to -> to != null || !role.isHidden());
    }

    private Switchboard server() {
        ReconnectModel reconnects = new ReconnectModel(Fixture.POLICY, timer, timer);
        Limits limits = new Limits(100, 100, Duration.ofSeconds(5), bounds, MailboxSums.UNBOUNDED);
        return new Switchboard(
                reconnects,
                store,
                timer,
                limits,
                new RoomExecutors(
                        Runnable::run,
                        ROOM_CAPACITY,
                        Long.MAX_VALUE,
                        timer::now,
                        (room, bug) -> faults.add("a step of room " + room + " failed: " + bug)));
    }

    /** The server is killed and started again, with what {@code recovered} holds. */
    void restart(Store.Recovered recovered) {
        List<Link> lost = List.copyOf(links);
        links.clear();
        monitor.forget();
        timer = new FakeTimer();
        switchboard = server();
        lost.forEach(Link::hangUp);
        switchboard.restore(recovered);
    }

    Link open(String name, Link.Owner owner) {
        Link link = new Link(this, name, owner);
        links.add(link);
        switchboard.opened(link);
        return link;
    }

    /** Notes what must not be, wherever it was seen: an exception might be caught. */
    void require(boolean holds, Supplier<String> complaint) {
        if (!holds) {
            faults.add(complaint.get());
        }
    }

    /** What was noted first. */
    Optional<String> fault() {
        return faults.stream().findFirst();
    }

    // Who is who.

    RoomId anyRoom() {
        return any(rooms).orElseThrow();
    }

    /** Where a session of {@code room} may move; nowhere if its client could miss where it is: a reset does not say. */
    List<RoomId> otherRooms(RoomId room) {
        return faultMix.explain(ResetReason.NEW_INSTANCE) || faultMix.losing() || faultMix.goingBack()
                ? List.of()
                : rooms.stream().filter(other -> !other.equals(room)).toList();
    }

    <T> Optional<T> any(List<T> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }

    Optional<Link> anyLink(Predicate<Link> which) {
        return any(links.stream().filter(which).toList());
    }

    Optional<ReferenceClient> anyClient(Predicate<ReferenceClient> which) {
        return any(clients.stream().filter(which).toList());
    }

    Stream<ReferenceSession> sessions() {
        return clients.stream().flatMap(client -> client.sessions.stream());
    }

    Optional<ReferenceSession> anySession(Predicate<ReferenceSession> which) {
        return any(sessions().filter(which).toList());
    }

    Role role(SessionId id) {
        return roles.getOrDefault(id, Role.OPEN);
    }

    boolean isPlain(SessionId id) {
        return plains.stream().anyMatch(plain -> plain.id.equals(id));
    }

    /** Another instance with the keys of {@code client}, unless it has lost them, and perhaps with what it has stored of their epochs. */
    ReferenceClient copy(ReferenceClient client) {
        boolean hasKeys = !faultMix.losesKeys() || random.nextBoolean();
        String keys = hasKeys ? client.keys() : "-" + names;
        ReferenceClient copy = new ReferenceClient(this, "instance" + ++names, client.permit(), keys);
        for (ReferenceSession session : client.sessions) {
            @Nullable Epoch stored = hasKeys && random.nextBoolean() ? session.epoch() : null;
            copy.sessions.add(new ReferenceSession(this, copy, session.id, session.room(), stored));
            deliveries.beginAnew(session.id);
        }
        clients.add(copy);
        return copy;
    }

    /** A signal with a text of its own. */
    Signal signal(@Nullable SessionId to) {
        return new Signal(Signal.Kind.MESSAGE, to, "text " + ++names);
    }

    void sent(SessionId from, RoomId room, Signal signal, @Nullable Source source) {
        boolean isAllowed = signal.to() != null || !role(from).isHidden();
        List<SessionId> present = sessions()
                .filter(peer -> isAllowed && peer.isIn() && peer.room().equals(room))
                .map(peer -> peer.id)
                .toList();
        deliveries.sent(from, signal, source, present);
    }

    /** {@code link}, which does not hold {@code session}, says of it what must change nothing. */
    void forge(SessionId session, Link link) {
        long next = store.written().image(session).map(Store.Image::acceptedSeq).orElse(0L) + 1;
        switch (random.nextInt(3)) {
            case 0 -> switchboard.relay(link, session, next, new Signal(Signal.Kind.MESSAGE, null, "forged"));
            case 1 -> switchboard.acknowledge(link, session, 1 + random.nextInt(10));
            default -> switchboard.destroy(link, session);
        }
    }

    static Comparator<SessionId> byName() {
        return Comparator.comparing(SessionId::value);
    }
}
