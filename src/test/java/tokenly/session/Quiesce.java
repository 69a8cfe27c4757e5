package tokenly.session;

import java.time.Duration;
import java.util.List;

/** The end of a schedule: the network is kind, the store is fast, and nobody wants anything new. */
final class Quiesce {

    private static final int MOST_ROUNDS = 300;

    private final World world;
    private final Invariants truth;

    Quiesce(World world, Invariants truth) {
        this.world = world;
        this.truth = truth;
    }

    /** Lets all that is under way arrive, and everybody come back, until nothing happens any more. */
    void come() {
        world.store.isPrompt = true;
        int quiet = 0;
        for (int round = 0; quiet < 3 && world.fault().isEmpty(); round++) {
            quiet = calm() ? 0 : quiet + 1;
            if (quiet == 2) {
                world.timer.advance(Duration.ofSeconds(61)); // nobody is waited for any more
            }
            if (round == MOST_ROUNDS) {
                world.require(false, () -> "it does not come to rest");
            }
        }
        if (world.fault().isEmpty()) {
            truth.checkRest();
        }
    }

    /** All that is under way arrives; false if nothing was. */
    private boolean calm() {
        boolean isBusy = false;
        while (world.store.isAsked()) {
            world.store.write();
        }
        for (Link link : List.copyOf(world.links)) {
            link.isSlow = false;
            isBusy |= link.isOver() || link.hasUp() || link.hasDown() || link.isProbed();
            while (link.hasUp()) {
                link.deliverUp();
                read(link);
            }
            link.answer();
            link.flushAcks();
            read(link);
            if (link.isOver()) {
                link.end(DisconnectReason.LOST);
            }
        }
        world.links.removeIf(Link::isGone);
        isBusy |= comeBack();
        world.timer.advanceMillis(1_000);
        return isBusy || world.store.isAsked();
    }

    private void read(Link link) {
        while (link.hasDown()) {
            link.deliverDown();
        }
        link.drain();
        acknowledgeAll();
    }

    private void acknowledgeAll() {
        world.sessions().filter(ReferenceSession::isThere).forEach(ReferenceSession::acknowledge);
    }

    private boolean comeBack() {
        boolean isBusy = false;
        for (ReferenceClient client : world.clients) {
            if (!client.isConnected()) {
                client.connect();
                isBusy = true;
            }
        }
        for (PlainReferenceClient plain : world.plains) {
            if (!plain.isConnected()) {
                plain.connect();
                isBusy = true;
            }
            plain.repeat();
        }
        world.sessions().forEach(ReferenceSession::repeat);
        acknowledgeAll();
        return isBusy;
    }

    /** Everybody leaves. */
    void leave() {
        world.clients.forEach(client -> client.close(DisconnectReason.LEAVING));
        world.plains.forEach(PlainReferenceClient::leave);
        for (int i = 0; i < 4; i++) {
            for (Link link : List.copyOf(world.links)) {
                while (link.hasUp()) {
                    link.deliverUp();
                }
            }
            while (world.store.isAsked()) {
                world.store.write();
            }
            world.timer.advanceMillis(1_000);
        }
        truth.checkEmpty();
    }
}
