package tokenly.session;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Sees all that the server tells: nothing comes before its record is written, and nothing to a connection of before. */
final class Witness {

    private final World world;
    private final Map<SessionId, Told> told = new HashMap<>(); // as the last answer says

    private final Set<Link> displaced = new LinkedHashSet<>(); // that have lost a session to another one

    private record Told(Link link, Epoch epoch) {}

    Witness(World world) {
        this.world = world;
    }

    /** Whether {@code link} is the one that was given {@code session} last. */
    boolean isCurrent(SessionId session, Link link) {
        return Optional.ofNullable(told.get(session))
                .filter(last -> last.link() == link)
                .isPresent();
    }

    /** The server was killed. */
    void forget() {
        told.clear();
        displaced.clear();
    }

    /** Sees {@code notice}; true if acks of its session that {@code link} has not been sent yet mean nothing any more. */
    boolean sees(Link link, Notice notice) {
        if (notice instanceof Notice.Delivery delivery) {
            world.require(isCurrent(notice.session(), link), () -> link + " is no longer to be told: " + notice);
            world.require(isWritten(delivery), () -> link + " is told what is not written: " + notice);
        } else if (notice instanceof Notice.Destroyed) {
            world.require(isCurrent(notice.session(), link), () -> link + " has destroyed what it does not hold");
        } else {
            epoch(notice).ifPresent(epoch -> announced(link, notice, epoch));
        }
        return notice instanceof Notice.Created || notice instanceof Notice.Reset;
    }

    private Optional<Epoch> epoch(Notice notice) {
        if (notice instanceof Notice.Created created) {
            return Optional.ofNullable(created.epoch())
                    .or(() -> written(notice.session()).map(Store.Image::epoch)); // a plain one is not told
        }
        if (notice instanceof Notice.Reset reset) {
            return Optional.of(reset.epoch());
        }
        return notice instanceof Notice.Resumed resumed ? Optional.of(resumed.epoch()) : Optional.empty();
    }

    private void announced(Link link, Notice notice, Epoch epoch) {
        boolean isWritten = written(notice.session())
                .filter(image -> image.epoch().equals(epoch))
                .filter(image -> !(notice instanceof Notice.Resumed resumed) || resumed.received() == image.cursor())
                .isPresent();
        world.require(isWritten, () -> link + " is answered what is not written: " + notice);
        Told before = told.put(notice.session(), new Told(link, epoch));
        if (before == null || before.link() == link) {
            return;
        }
        if (notice instanceof Notice.Created) { // the session of before may have ended, which closes nothing
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
                .forEach(link -> world.require(false, () -> link + " holds nothing any more, and is not closed"));
    }

    private boolean isWritten(Notice.Delivery delivery) {
        StoreFold written = world.store.written();
        if (delivery.seq() != Notice.UNNUMBERED) {
            Told last = told.get(delivery.session());
            return last != null
                    && written.hasAppended(delivery.session(), last.epoch(), delivery.seq(), delivery.message());
        }
        return !(delivery.message() instanceof Message.Signalled signalled) || written.hasTaken(signalled.source());
    }

    void seesAck(Link link, SessionId session, long cursor) {
        boolean isWritten = written(session)
                .filter(image -> cursor <= image.cursor())
                .filter(image -> Objects.equals(told.get(session), new Told(link, image.epoch())))
                .isPresent();
        world.require(isWritten, () -> link + " acknowledges what is not written: " + session + " " + cursor);
    }

    private Optional<Store.Image> written(SessionId session) {
        return world.store.written().image(session);
    }
}
