package tokenly.session;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes over what an earlier run of the server has left: its sessions wait for their clients, each for a full window. */
final class Restoration {

    private static final System.Logger LOG = System.getLogger(Restoration.class.getName());

    private final Registry registry;
    private final Lifecycle lifecycle;

    Restoration(Registry registry, Lifecycle lifecycle) {
        this.registry = registry;
        this.lifecycle = lifecycle;
    }

    /** Called before anything else is asked of those rooms. */
    void restore(Store.Recovered recovered) {
        IdentityHashMap<Message, MailboxItem> items =
                new IdentityHashMap<>(); // a message of many mailboxes is one item
        List<Session> sessions = new ArrayList<>(recovered.sessions().size());
        for (Store.Image image : recovered.sessions()) {
            Session session = new Session(image, registry.room(image.room()), items);
            if (registry.enter(session)) { // at once: a client that asks for it meanwhile waits for its executor
                sessions.add(session);
            } else {
                session.room.executor.add(() -> passOver(session));
            }
        }
        for (Session session : sessions) {
            session.room.executor.add(() -> takeOver(session, recovered.isComplete()));
        }
        if (recovered.isComplete()) { // else all begin anew, with empty mailboxes
            sessions.stream()
                    .map(session -> session.room)
                    .distinct()
                    .forEach(room -> room.executor.add(() -> fit(room, recovered.shed())));
        }
    }

    /** Another room has a session of that id: a database that went back has forgotten that this one had moved there. */
    private static CompletionStage<?> passOver(Session session) {
        LOG.log(
                Level.WARNING,
                "session {0} of room {1} is in another room, too, and is passed over",
                session.id,
                session.room.id);
        session.end();
        return RoomExecutor.DONE;
    }

    /** @param isComplete whether its numbers can go on; if not it begins a new epoch */
    private CompletionStage<?> takeOver(Session session, boolean isComplete) {
        session.room.join(session);
        lifecycle.await(session, DisconnectReason.LOST);
        Optional<Credentials> credentials = session.credentials();
        if (isComplete || credentials.isEmpty()) {
            return RoomExecutor.DONE;
        }
        Epoch epoch = Epoch.fresh(session.room.id);
        session.signals.loseEnd();
        Transaction transaction = session.room.log.begin();
        transaction.restart(session, epoch, credentials.get());
        return session.room.log.write(transaction, () -> {
            session.restart(epoch, credentials.get());
            Store.Change restarted = new Store.Change.Restarted(session.id, epoch, credentials.get());
            session.room.log.defer(later -> later.add(restarted, () -> {}));
        });
    }

    /**
     * Empties the mailboxes of {@code room} that are more than this server allows, and names to every sender what is lost. To be
     * called when all of its sessions are taken over, before anything else.
     *
     * @param shed of all sessions whose mailboxes the store has left out, what was in them
     */
    private static CompletionStage<?> fit(Room room, Map<SessionId, List<Store.Loss>> shed) {
        Transaction transaction = room.log.begin();
        transaction.fit(shed);
        return room.log.write(transaction, () -> room.log.defer(later -> later.fit(shed)));
    }
}
