package tokenly.cluster;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import tokenly.protocol.ErrorCode;
import tokenly.session.Connection;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Switchboard;
import tokenly.socket.Requests;
import tokenly.wire.Incoming;

/**
 * Brings {@code create-peer} to the model of this node. The node that has the room enters the id first, so that no two nodes give it away;
 * where it is in use in another shard, the node that has that one decides, by the rules for its session, whether the id becomes free.
 * Thread-safe.
 */
final class Creates {

    private static final System.Logger LOG = System.getLogger(Creates.class.getName());

    private final Ownership ownership;
    private final Routes routes;
    private final Switchboard switchboard;
    private final Executor threads;

    /** @param threads may wait for the database */
    Creates(Ownership ownership, Routes routes, Switchboard switchboard, Executor threads) {
        this.ownership = ownership;
        this.routes = routes;
        this.switchboard = switchboard;
        this.threads = threads;
    }

    /**
     * Brings {@code create}, which is answered on {@code connection}.
     *
     * @param shard that of the room, or that in which the id is in use so far; it is at this node
     * @param brought runs once the model has it, or it is refused
     * @param inUse runs instead, with the shard at another node in which the id is in use
     */
    void bring(Incoming.CreatePeer create, Connection connection, int shard, Runnable brought, IntConsumer inUse) {
        if (shard != create.room().shard()) {
            Requests.bring(create, connection, switchboard);
            brought.run();
        } else {
            threads.execute(() -> enter(create, connection, brought, inUse));
        }
    }

    private void enter(Incoming.CreatePeer create, Connection connection, Runnable brought, IntConsumer inUse) {
        try {
            OptionalInt other = ownership.enter(create.session(), create.room().shard());
            if (other.isPresent() && !routes.isHere(other.getAsInt())) {
                inUse.accept(other.getAsInt());
                return;
            }
            Requests.bring(create, connection, switchboard);
        } catch (IOException | RuntimeException failure) { // an answer in any case
            LOG.log(
                    failure instanceof IOException ? Level.DEBUG : Level.ERROR,
                    "a session id cannot be entered",
                    failure);
            if (!routes.isHere(create.room().shard())) { // any more, so that only its new owner may enter it
                connection.send(new ServerEvent.Elsewhere(create.session()));
                return;
            }
            connection.send(new ServerEvent.CreateRefused(create.session(), ErrorCode.STORE_FAILED));
        }
        brought.run();
    }

    /** An id that was asked for is in use no more in {@code shard}, which is at this node; {@code then} runs when all know. */
    void isFree(SessionId id, int shard, Runnable then) {
        threads.execute(() -> {
            try {
                ownership.leave(shard, List.of(id));
            } catch (IOException failure) {
                LOG.log(Level.DEBUG, "the database cannot be told of a session that has ended", failure);
            }
            then.run();
        });
    }
}
