package tokenly.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What must be true of a {@link World}, whatever has happened in it. */
final class Invariants {

    private final World world;

    Invariants(World world) {
        this.world = world;
    }

    /** At every moment. */
    void check() {
        checkBounds();
        if (!world.store.isAsked() && !world.faultMix.failing()) { // or what fails may have kept it open
            world.monitor.checkClosed();
        }
    }

    /** Unless the store could bring back what is acknowledged long since. */
    private void checkBounds() {
        if (world.faultMix.goingBack()
                || (world.faultMix.failing() && (world.faultMix.restarts() || world.faultMix.losing()))) {
            return;
        }
        world.sessions()
                .map(session -> session.id)
                .distinct()
                .forEach(id -> world.switchboard
                        .session(id)
                        .map(Session::mailbox)
                        .ifPresent(mailbox -> world.require(
                                mailbox.size() - mailbox.news() <= world.bounds.messages()
                                        && mailbox.bytes() - mailbox.newsBytes() <= world.bounds.bytes(),
                                () -> "the mailbox of " + id + " has passed its bounds")));
    }

    /** At rest: each client knows who else is there, and the store knows what the server knows. */
    void checkRest() {
        Map<SessionId, RoomId> present = new HashMap<>();
        world.sessions()
                .filter(ReferenceSession::isThere)
                .forEach(session -> world.require(
                        present.put(session.id, session.room()) == null, () -> session.id + " is with two"));
        world.plains.stream().filter(PlainReferenceClient::isIn).forEach(plain -> present.put(plain.id, plain.room));
        world.sessions()
                .filter(ReferenceSession::isThere)
                .forEach(session -> checkPeers(session.id, session.room(), session.peers(), present));
        world.plains.stream()
                .filter(PlainReferenceClient::isIn)
                .forEach(plain -> checkPeers(plain.id, plain.room, plain.peers(), present));
        world.require(
                world.switchboard.status().activeSessions() == present.size()
                        && world.store.written().images().size() == present.size(),
                () -> "sessions that nobody has: " + world.store.written().images() + " besides " + present.keySet());
        present.keySet().forEach(this::checkStored);
        world.deliveries.settle();
    }

    private void checkPeers(SessionId id, RoomId room, Map<SessionId, Boolean> peers, Map<SessionId, RoomId> present) {
        Map<SessionId, Boolean> truth = new HashMap<>();
        present.forEach((peer, where) -> {
            boolean isSeen = world.role(id).sees(world.role(peer));
            if (isSeen && where.equals(room) && !peer.equals(id)) {
                truth.put(peer, false);
            }
        });
        world.require(truth.equals(peers), () -> id + " believes " + peers + " where " + truth + " is true");
    }

    private void checkStored(SessionId id) {
        Optional<Store.Image> kept = world.store.written().image(id);
        Optional<Store.Image> known = world.switchboard.session(id).map(Invariants::image);
        boolean mayLag =
                world.faultMix.failing(); // what was not written of acknowledgements is kept for longer, and no more
        Optional<Store.Image> upToDate = mayLag ? kept.map(image -> trimmedLike(image, known.orElse(image))) : kept;
        world.require(upToDate.equals(known), () -> "the store has " + kept + " of " + known);
    }

    private static Store.Image image(Session session) {
        return new Store.Image(
                session.id,
                session.room.id,
                session.epoch(),
                session.credentials().orElse(null),
                session.role,
                session.acceptedSeq(),
                session.mailbox().ackedSeq(),
                session.mailbox().items().stream().map(item -> item.message).toList(),
                session.mailbox().hasOverflowed());
    }

    private static Store.Image trimmedLike(Store.Image image, Store.Image other) {
        int done = (int) Math.min(image.messages().size(), Math.max(0, other.ackedSeq() - image.ackedSeq()));
        return new Store.Image(
                image.session(),
                image.room(),
                image.epoch(),
                image.credentials(),
                image.role(),
                image.acceptedSeq(),
                Math.max(image.ackedSeq(), other.ackedSeq()),
                image.messages().subList(done, image.messages().size()),
                image.hasOverflowed());
    }

    /** When everybody has left: nothing is kept. */
    void checkEmpty() {
        world.require(world.switchboard.roomCount() == 0, () -> "rooms are left");
        world.require(world.switchboard.status().activeSessions() == 0, () -> "sessions are left");
        world.require(world.switchboard.status().state() != Status.State.CONNECTED, () -> "connections are left");
        world.require(world.timer.pending() == 0, () -> "timers are left");
        world.require(
                world.store.written().images().isEmpty(),
                () -> "the store keeps " + world.store.written().images());
    }
}
