package tokenly.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tokenly.session.CloseReason;
import tokenly.session.Switchboard;
import tokenly.session.Timer;
import tokenly.socket.Requests;
import tokenly.wire.Incoming;

/** Finds out at which node a session is, or is to be, and brings what asks for it there. Thread-safe. */
final class Search {

    /** How long a session is looked for: a shard whose node is dead has a new one within a few seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Most sessions that are looked for at a time; beyond, clients are told to come again. */
    private static final int MOST_WAITING = 100_000;

    private final Parts parts;
    private final Function<String, Link> links;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger(); // of those that wait

    /** What it works with. */
    record Parts(Routes routes, Creates creates, Switchboard switchboard, Timer timer) {}

    /** An ask for a session whose shard is at no node that is known. */
    private record Waiting(EdgeConnection connection, Ask ask) {}

    /** @param links opens the link to a node, or finds it open */
    Search(Parts parts, Function<String, Link> links) {
        this.parts = parts;
        this.links = links;
    }

    /** Brings {@code ask} to where its room is. */
    void place(EdgeConnection connection, Ask ask) {
        bring(connection, ask, shard(ask));
    }

    private static int shard(Ask ask) {
        return ask.frame instanceof Incoming.Resume resume
                ? resume.sessions().get(0).position().epoch().shard().orElse(ask.shard)
                : ((Incoming.CreatePeer) ask.frame).room().shard();
    }

    /** Brings {@code ask} to the node that has {@code shard}; if that is not known, it waits. */
    void bring(EdgeConnection connection, Ask ask, int shard) {
        ask.shard = shard;
        if (parts.routes().isHere(shard)) {
            connection.drop(ask.session);
            bringHere(connection, ask, shard);
            return;
        }
        parts.routes()
                .other(shard)
                .ifPresentOrElse(
                        url -> passOn(connection, ask, shard, links.apply(url)), () -> waitFor(connection, ask));
    }

    private void bringHere(EdgeConnection connection, Ask ask, int shard) {
        if (ask.frame instanceof Incoming.CreatePeer create) {
            boolean isForRoom = create.room().shard() == shard;
            parts.creates()
                    .bring(
                            create,
                            connection.client,
                            shard,
                            () -> broughtHere(connection, ask, isForRoom),
                            other -> bring(connection, ask, other));
        } else {
            Requests.bring(ask.frame, connection.client, parts.switchboard());
            broughtHere(connection, ask, true);
        }
    }

    /** @param isForRoom else the model may say that the id is free, and the room's node has to be asked */
    private void broughtHere(EdgeConnection connection, Ask ask, boolean isForRoom) {
        if (isForRoom) {
            connection.isBrought(ask);
        } else {
            parts.timer().after(PATIENCE, () -> connection.isBrought(ask));
        }
        ask.brought().forEach(later -> Requests.bring(later.frame(), connection.client, parts.switchboard()));
    }

    private void passOn(EdgeConnection connection, Ask ask, int shard, Link link) {
        if (connection.ask(ask, link, shard)) {
            ask.brought().forEach(later -> connection.say(link, LinkFrame.Kind.FRAME, "", "", "", later.text()));
        } else {
            waitFor(connection, ask); // unless the client is gone
        }
    }

    /** Has {@code ask} wait until it is known where its shard is; not for ever. */
    void waitFor(EdgeConnection connection, Ask ask) {
        boolean isTooLong = parts.timer().now().minus(ask.since).compareTo(PATIENCE) > 0;
        if (isTooLong || count.get() >= MOST_WAITING) {
            connection.isBrought(ask);
            connection.client.close(CloseReason.BUSY);
        } else if (connection.ask(ask.session).isPresent()) { // else the client is gone
            count.incrementAndGet();
            waiting.add(new Waiting(connection, ask));
        }
    }

    /** Looks again for all that waits. */
    void lookAgain() {
        List<Waiting> all = new ArrayList<>();
        for (Waiting next = waiting.poll(); next != null; next = waiting.poll()) {
            count.decrementAndGet();
            all.add(next);
        }
        all.forEach(next -> place(next.connection(), next.ask()));
    }
}
