package tokenly.session;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Sees all that the server tells: nothing comes before its record is written, and nothing to a connection of before. */
final class Monitor {

    private final World world;
    private final Map<SessionId, Told> told = new HashMap<>(); // as the last answer says

    private final Set<Link> displaced = new LinkedHashSet<>(); // that have lost a session to another one

    private record Told(Link link, Epoch epoch) {}

    Monitor(World world) {
        this.world = world;
    }

    /** Whether {@code link} is the one that was given {@code session} last. */
    boolean isCurrent(SessionId session, Link link) {
        return Optional.ofNullable(told.get(session))
                .filter(last -> last.link() == link)
                .isPresent();
    }

    /** Whether {@code link} has {@code session}, if only the answer that says so waits until it has room. */
    boolean holds(SessionId session, Link link) {
        return isCurrent(session, link)
                || world.switchboard
                        .session(session)
                        .filter(held -> held.hold.isBy(link))
                        .isPresent();
    }

    /** The server was killed. */
    void forget() {
        told.clear();
        displaced.clear();
    }

    /** Sees {@code event}; true if acks of its session that {@code link} has not been sent yet mean nothing any more. */
    boolean sees(Link link, ServerEvent event) {
        if (event instanceof ServerEvent.Delivery delivery) {
            world.require(isCurrent(event.session(), link), () -> link + " is no longer to be told: " + event);
            world.require(isWritten(delivery), () -> link + " is told what is not written: " + event);
        } else if (event instanceof ServerEvent.Destroyed) {
            world.require(
                    isCurrent(event.session(), link) || world.faultMix.stale(),
                    () -> link + " has destroyed what it does not hold");
        } else {
            epoch(event).ifPresent(epoch -> announced(link, event, epoch));
        }
        return event instanceof ServerEvent.Created || event instanceof ServerEvent.Reset;
    }

    private Optional<Epoch> epoch(ServerEvent event) {
        if (event instanceof ServerEvent.Created created) {
            return Optional.ofNullable(created.epoch())
                    .or(() -> written(event.session()).map(Store.Image::epoch)); // a plain one is not told
        }
        if (event instanceof ServerEvent.Reset reset) {
            return Optional.of(reset.epoch());
        }
        return event instanceof ServerEvent.Resumed resumed ? Optional.of(resumed.epoch()) : Optional.empty();
    }

    private void announced(Link link, ServerEvent event, Epoch epoch) {
        boolean isWritten = written(event.session())
                .filter(image -> image.epoch().equals(epoch))
                .filter(image ->
                        !(event instanceof ServerEvent.Resumed resumed) || resumed.acceptedSeq() == image.acceptedSeq())
                .isPresent();
        world.require(isWritten, () -> link + " is answered what is not written: " + event);
        Told before = told.put(event.session(), new Told(link, epoch));
        if (before == null || before.link() == link) {
            return;
        }
        if (event instanceof ServerEvent.Created) { // the session of before may have ended, which closes nothing
            displaced.remove(before.link());
        } else {
            displaced.add(before.link());
        }
    }

    /** While nothing is under way: a connection that has lost all that it held to others is closed. */
    void checkClosed() {
        displaced.removeIf(link -> link.isGone() || link.isClosing());
        displaced.stream()
                .filter(link -> told.values().stream().noneMatch(last -> last.link() == link))
                .filter(world.switchboard::holdsNone) // an answer may wait until the connection has room
                .forEach(link -> world.require(false, () -> link + " holds nothing any more, and is not closed"));
    }

    private boolean isWritten(ServerEvent.Delivery delivery) {
        StoreFold written = world.store.written();
        if (delivery.seq() != ServerEvent.UNNUMBERED) {
            Told last = told.get(delivery.session());
            return last != null
                    && written.hasAppended(delivery.session(), last.epoch(), delivery.seq(), delivery.message());
        }
        return !(delivery.message() instanceof Message.Signalled signalled) || written.hasTaken(signalled.source());
    }

    void seesAck(Link link, SessionId session, long acceptedSeq) {
        boolean isWritten = written(session)
                .filter(image -> acceptedSeq <= image.acceptedSeq())
                .filter(image -> Objects.equals(told.get(session), new Told(link, image.epoch())))
                .isPresent();
        world.require(isWritten, () -> link + " acknowledges what is not written: " + session + " " + acceptedSeq);
    }

    private Optional<Store.Image> written(SessionId session) {
        return world.store.written().image(session);
    }
}
