package tokenly.session;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tokenly.protocol.ErrorCode;

/** Forgets rooms that another server has now, without a word to the store. Their clients find them there. */
final class Abandonment {

    private static final System.Logger LOG = System.getLogger(Abandonment.class.getName());

    private final Registry registry;
    private final ReconnectModel reconnects;

    Abandonment(Registry registry, ReconnectModel reconnects) {
        this.registry = registry;
        this.reconnects = reconnects;
    }

    /**
     * Forgets all rooms of {@code shard}: a resumable client is told that its session is not known here, and asks for it again; a plain one is
     * disconnected.
     *
     * @return completes when nothing of them is left
     */
    CompletionStage<?> abandon(int shard) {
        return CompletableFuture.allOf(
                registry.rooms(shard).stream().map(this::abandonSoon).toArray(CompletableFuture<?>[]::new));
    }

    private CompletableFuture<?> abandonSoon(Room room) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        room.executor.addLater(() -> {
            try {
                abandon(room);
            } finally {
                done.complete(null);
            }
            return RoomExecutor.DONE;
        });
        return done;
    }

    private void abandon(Room room) {
        for (Session session : room.members()) {
            Optional<ConnectionSessions> holder = session.hold.holder();
            session.end().ifPresent(wait -> reconnects.ended(wait, false));
            registry.remove(session);
            room.leave(session);
            holder.ifPresent(held -> tell(session, held.connection));
        }
        room.departures.trim(List.of());
        registry.abandon(room);
        LOG.log(Level.DEBUG, "room {0} is at another server now", room.id);
    }

    private static void tell(Session session, Connection connection) {
        if (session.isResumable()) {
            connection.send(new ServerEvent.Rejected(session.id, ErrorCode.UNKNOWN_SESSION, null));
        } else {
            connection.close(CloseReason.BUSY);
        }
    }
}
