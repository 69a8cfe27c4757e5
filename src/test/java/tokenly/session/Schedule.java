package tokenly.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What happens in a {@link World}, one random step after the other, until it is left to come to rest. */
final class Schedule {

    private static final int STEPS = 250;

    private final World world;
    private final Random random;
    private final Invariants truth;
    private final Quiesce rest;
    private final List<Runnable> steps = new ArrayList<>(); // as often as its share

    Schedule(World world) {
        this.world = world;
        this.random = world.random;
        this.truth = new Invariants(world);
        this.rest = new Quiesce(world, truth);
        FaultMix faultMix = world.faultMix;
        share(30, true, this::deliverUp);
        share(30, true, this::deliverDown);
        share(25, true, this::write);
        share(18, true, this::send);
        share(12, true, this::acknowledge);
        share(6, true, () -> world.anyLink(link -> true).ifPresent(Link::flushAcks));
        share(6, true, () -> world.sessions().forEach(ReferenceSession::repeat));
        share(10, true, this::connect);
        share(4, true, this::disconnect);
        share(3, true, () -> world.anyLink(Link::isOver).ifPresent(link -> link.end(DisconnectReason.LOST)));
        share(2, true, () -> world.anyLink(link -> true).ifPresent(link -> link.end(DisconnectReason.LOST)));
        share(2, true, () -> world.timer.advanceMillis(100));
        share(3, faultMix.failing(), this::failStore);
        share(2, faultMix.failing(), () -> world.timer.advanceMillis(1_000));
        share(2, faultMix.reloads(), this::reload);
        share(1, faultMix.copies(), this::copy);
        share(4, faultMix.endings(), this::endOne);
        share(6, faultMix.slow(), this::slowDown);
        share(1, faultMix.longWaits(), () -> world.timer.advance(Duration.ofSeconds(random.nextBoolean() ? 6 : 61)));
        share(1, faultMix.restarts(), () -> restart(0, true));
        share(1, faultMix.losing(), () -> restart(1 + random.nextInt(10), true));
        share(1, faultMix.goingBack(), () -> restart(1 + random.nextInt(10), false));
        share(12, faultMix.plain(), this::plain);
        share(4, faultMix.stale(), this::stale);
        world.store.isPrompt = !faultMix.late();
    }

    private void share(int share, boolean is, Runnable step) {
        for (int i = 0; is && i < share; i++) {
            steps.add(step);
        }
    }

    /** Plays it to its end, or to the first fault. */
    Optional<String> play() {
        world.clients.forEach(ReferenceClient::connect);
        world.plains.forEach(PlainReferenceClient::connect);
        for (int i = 0; i < STEPS && world.fault().isEmpty(); i++) {
            world.any(steps).orElseThrow().run();
            world.links.removeIf(Link::isGone);
            truth.check();
        }
        if (world.fault().isEmpty()) {
            rest.come();
        }
        if (world.fault().isEmpty()) {
            rest.leave();
        }
        return world.fault();
    }

    private void deliverUp() {
        world.anyLink(Link::hasUp).ifPresent(Link::deliverUp);
    }

    private void deliverDown() {
        world.anyLink(link -> link.hasDown() && !link.isSlow).ifPresent(Link::deliverDown);
    }

    private void write() {
        if (world.store.isAsked()) {
            world.store.write();
        }
    }

    private void failStore() {
        if (world.store.isAsked()) {
            world.store.fail();
        }
        world.store.isPrompt = !world.faultMix.late() && random.nextBoolean();
    }

    private void send() {
        world.anySession(ReferenceSession::isThere).ifPresent(session -> {
            for (int i = 0; i <= random.nextInt(3); i++) {
                session.send(anySignal(session.id));
            }
        });
    }

    private Signal anySignal(SessionId from) {
        if (random.nextInt(3) == 0) {
            return world.signal(null);
        }
        List<SessionId> peers = new ArrayList<>(
                world.sessions().map(session -> session.id).distinct().toList());
        world.plains.forEach(plain -> peers.add(plain.id));
        peers.remove(from);
        return world.signal(
                random.nextInt(20) == 0
                        ? new SessionId("nobody")
                        : world.any(peers).orElse(new SessionId("nobody")));
    }

    private void acknowledge() {
        world.anySession(ReferenceSession::isThere).ifPresent(ReferenceSession::acknowledge);
    }

    private void connect() {
        world.anyClient(client -> !client.isConnected()).ifPresent(ReferenceClient::connect);
    }

    private void disconnect() {
        boolean losesWhatIsUnderWay = !world.faultMix.halfOpen() || random.nextInt(3) == 0;
        world.anyClient(ReferenceClient::isConnected).ifPresent(client -> client.disconnect(losesWhatIsUnderWay));
    }

    private void reload() {
        world.any(world.clients).ifPresent(client -> {
            if (client.isConnected()) {
                client.disconnect(random.nextBoolean());
            }
            world.clients.remove(client);
            world.copy(client).connect();
        });
    }

    private void copy() {
        if (world.clients.size() < 8) {
            world.any(world.clients).ifPresent(client -> world.copy(client).connect());
        }
    }

    private void endOne() {
        switch (random.nextInt(4)) {
            case 0 -> world.anySession(ReferenceSession::isThere).ifPresent(ReferenceSession::destroy);
            case 1 ->
                world.anySession(ReferenceSession::isThere)
                        .ifPresent(session ->
                                world.any(world.otherRooms(session.room())).ifPresent(session::move));
            case 2 -> world.anyClient(ReferenceClient::isConnected).ifPresent(this::close);
            default -> world.anySession(ReferenceSession::mayComeAgain).ifPresent(ReferenceSession::createAgain);
        }
    }

    private void close(ReferenceClient client) {
        boolean isLeaving = random.nextBoolean();
        client.close(isLeaving ? DisconnectReason.LEAVING : DisconnectReason.GOING_AWAY);
        if (isLeaving) {
            client.sessions.forEach(ReferenceSession::over);
        }
    }

    private void slowDown() {
        world.anyLink(link -> true).ifPresent(link -> {
            link.isSlow = !link.isSlow;
            link.drain();
        });
    }

    private void restart(int forgotten, boolean isNoticed) {
        world.restart(world.store.restart(random.nextInt(4), forgotten, isNoticed));
    }

    private void plain() {
        world.any(world.plains).ifPresent(plain -> {
            int what = random.nextInt(12);
            if (!plain.isConnected()) {
                plain.connect();
            } else if (what == 0) {
                plain.disconnect(random.nextBoolean());
            } else if (what == 1 && world.faultMix.endings()) {
                plain.leave();
            } else if (what == 2) {
                plain.repeat();
            } else if (what == 3) {
                world.anyLink(Link::isProbed).ifPresent(link -> link.end(DisconnectReason.LOST));
            } else if (plain.isIn()) {
                plain.send(anySignal(plain.id));
            }
        });
    }

    /** A connection that holds a session no more says something about it all the same. */
    private void stale() {
        if (!world.store.isAsked()) { // or what is under way could make it the holder before
            world.anySession(session -> true)
                    .ifPresent(session -> world.anyLink(link -> !world.monitor.holds(session.id, link))
                            .ifPresent(link -> world.forge(session.id, link)));
        }
    }
}
