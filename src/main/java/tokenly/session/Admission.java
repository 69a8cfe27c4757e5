package tokenly.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who gets a session id: the rules of {@code create-peer}. A request goes to the lane of the session that has the id
 * already, or else to that of the room it asks for; where a lane finds that the world has changed meanwhile, the request
 * starts anew.
 */
final class Admission {

    private final Registry registry;
    private final Lifecycle lifecycle;
    private final Limits limits;

    Admission(Registry registry, Lifecycle lifecycle, Limits limits) {
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.limits = limits;
    }

    /** {@code holder} asks for session {@code id} in room {@code roomId}. */
    record Request(Holder holder, SessionId id, RoomId roomId) {}

    /** Brings {@code request} to its lane, or tells the peer that this has too much to do. */
    void decide(Request request) {
        if (!offer(request)) {
            request.holder().connection.send(new Notice.Rejected(request.id(), Notice.Rejection.BUSY));
        }
    }

    private boolean offer(Request request) {
        Optional<Session> existing = registry.session(request.id());
        if (existing.isPresent()) {
            Session session = existing.get();
            return session.room.lane.offer(() -> recreate(session, request));
        }
        Room room = registry.room(request.roomId());
        return room.lane.offer(() -> create(room, request));
    }

    private CompletionStage<?> startAnew(Request request) {
        decide(request);
        return Lane.DONE;
    }

    private CompletionStage<?> create(Room room, Request request) {
        return room.isClosed()
                ? startAnew(request)
                : begin(room, request).whenComplete((begun, failure) -> registry.removeIfEmpty(room));
    }

    private CompletionStage<?> begin(Room room, Request request) {
        if (registry.sessionCount() >= limits.sessions()) {
            return refuse(request, Notice.Refusal.SERVER_FULL);
        }
        if (room.size() >= limits.roomSessions()) {
            return refuse(request, Notice.Refusal.ROOM_FULL);
        }
        Session fresh = new Session(request.id(), room, request.holder());
        if (!registry.enter(fresh)) {
            return startAnew(request);
        }
        if (!request.holder().add(fresh)) { // its connection is gone
            fresh.end();
            registry.remove(fresh);
            return Lane.DONE;
        }
        return lifecycle.begin(fresh);
    }

    private CompletionStage<?> recreate(Session session, Request request) {
        if (request.holder().isClosed()) {
            return Lane.DONE; // nobody is there to be answered
        }
        if (session.hasEnded()) {
            return startAnew(request);
        }
        boolean isSameRoom = session.room.id.equals(request.roomId());
        if (session.isHeldBy(request.holder().connection) && isSameRoom) {
            session.room.welcome(session);
            return Lane.DONE;
        }
        if (session.isConnected()) {
            return contest(session, request);
        }
        if (!isSameRoom) {
            return lifecycle.end(session, EndReason.MOVED).thenRun(() -> startAnew(request));
        }
        if (request.holder().add(session)) { // else its connection is gone
            lifecycle.attach(session, request.holder());
        }
        return Lane.DONE;
    }

    /**
     * Somebody's connection holds the session. It may be a dead one that nobody has missed yet, so it is probed; meanwhile
     * nobody else may contest the session.
     */
    private CompletionStage<?> contest(Session session, Request request) {
        boolean isOwn = session.isHeldBy(request.holder().connection);
        Optional<Connection> held = session.connection();
        if (isOwn || held.isEmpty() || !session.contest()) {
            return refuse(request, Notice.Refusal.SESSION_IN_USE);
        }
        long attachment = session.attachment();
        held.get().probe().thenAccept(isAlive -> session.room.lane.add(() -> settle(session, attachment, request)));
        return Lane.DONE;
    }

    private CompletionStage<?> settle(Session session, long contested, Request request) {
        session.settle();
        boolean isStillHeld = session.isConnected() && session.attachment() == contested;
        return isStillHeld ? refuse(request, Notice.Refusal.SESSION_IN_USE) : startAnew(request);
    }

    private static CompletionStage<?> refuse(Request request, Notice.Refusal refusal) {
        request.holder().connection.send(new Notice.CreateRefused(request.id(), refusal));
        return Lane.DONE;
    }
}
