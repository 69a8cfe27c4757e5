package tokenly.session;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import tokenly.protocol.ErrorCode;

/**
 * Who gets a session id: the rules of {@code create-peer}. A request goes to the executor of the session that has the id
 * already, or else to that of the room it asks for; where an executor finds that the world has changed meanwhile, the request
 * starts anew.
 */
final class Admission {

    private final Registry registry;
    private final Lifecycle lifecycle;
    private final Handover handover;
    private final Limits limits;

    Admission(Registry registry, Lifecycle lifecycle, Handover handover, Limits limits) {
        this.registry = registry;
        this.lifecycle = lifecycle;
        this.handover = handover;
        this.limits = limits;
    }

    /**
     * Brings {@code request}, for which its holder has {@link ConnectionSessions#ask asked}, to its executor, or tells the peer that the room has too much to do. What its token
     * does not grant is refused before anything is looked up, lest it learn which rooms and sessions exist.
     */
    void decide(CreateRequest request) {
        Connection connection = request.holder().connection;
        if (!connection.permit().mayEnter(request.roomId(), request.id())) {
            request.holder().decided();
            request.refuse(ErrorCode.NOT_ALLOWED);
        } else if (registry.session(request.id()).isEmpty()
                && !registry.has(request.roomId().shard())) {
            request.holder().decided();
            connection.send(new ServerEvent.Elsewhere(request.id()));
        } else if (!offer(request)) {
            request.holder().decided();
            connection.send(new ServerEvent.Rejected(request.id(), ErrorCode.BUSY, null));
        }
    }

    private boolean offer(CreateRequest request) {
        Optional<Session> existing = registry.session(request.id());
        if (existing.isPresent()) {
            Session session = existing.get();
            return session.room.executor.offer(() -> decide(request, () -> recreate(session, request)));
        }
        Room room = registry.room(request.roomId());
        return room.executor.offer(() -> decide(request, () -> create(room, request)));
    }

    private static CompletionStage<?> decide(CreateRequest request, RoomExecutor.Step decision) {
        CompletionStage<?> decided;
        try {
            decided = decision.run();
        } catch (RuntimeException | Error bug) {
            request.holder().decided();
            throw bug;
        }
        return decided.whenComplete((done, failure) -> request.holder().decided());
    }

    private CompletionStage<?> startAnew(CreateRequest request) {
        request.holder().ask(1);
        decide(request);
        return RoomExecutor.DONE;
    }

    private CompletionStage<?> create(Room room, CreateRequest request) {
        return room.isClosed()
                ? startAnew(request)
                : begin(room, request).whenComplete((begun, failure) -> registry.removeIfEmpty(room));
    }

    private CompletionStage<?> begin(Room room, CreateRequest request) {
        if (registry.sessionCount() >= limits.sessions()) {
            return request.refuse(ErrorCode.SERVER_FULL);
        }
        if (room.size() >= limits.roomSessions()) {
            return request.refuse(ErrorCode.ROOM_FULL);
        }
        Account account = request.holder().connection.account();
        if (request.holder().isFull() || !lifecycle.mayBegin(room, account) || !account.addSession()) {
            return request.refuse(ErrorCode.QUOTA_EXCEEDED);
        }
        Session fresh = new Session(request.id(), room, request.holder(), request.credentials());
        if (!registry.enter(fresh)) {
            fresh.end();
            return startAnew(request);
        }
        if (registry.isEndDeferredElsewhere(fresh)) {
            drop(fresh);
            return request.refuse(ErrorCode.STORE_FAILED);
        }
        if (!request.holder().add(fresh)) {
            drop(fresh);
            return request.refuseUnlessGone();
        }
        return lifecycle.begin(fresh);
    }

    private void drop(Session fresh) {
        fresh.end();
        registry.remove(fresh);
    }

    private CompletionStage<?> recreate(Session session, CreateRequest request) {
        if (request.holder().isClosed()) {
            return RoomExecutor.DONE; // there is no connection to answer on
        }
        if (session.hasEnded()) {
            return startAnew(request);
        }
        Role asker = request.asker();
        if (session.role.isOfAnotherOwner(asker)) {
            return refuseInUse(session, request);
        }
        if (session.role.isOfSameOwner(asker) && !isAsBefore(session, request)) {
            return takeOver(session, request);
        }
        Optional<Credentials> shown = session.credentials();
        return shown.isPresent() ? reclaim(session, shown.get(), request) : recreatePlain(session, request);
    }

    /** Whether the client shows the key of the session, or neither has one and no other connection holds it. */
    private static boolean isAsBefore(Session session, CreateRequest request) {
        Credentials credentials = request.credentials();
        if (session.key == null || credentials == null) {
            boolean isFree = session.isWaiting() || session.hold.isBy(request.holder().connection);
            return session.key == null && credentials == null && isFree;
        }
        return credentials.key().opens(session.key);
    }

    /** Its owner has lost its key, and begins anew. */
    private CompletionStage<?> takeOver(Session session, CreateRequest request) {
        Credentials credentials = request.credentials();
        if (credentials != null && session.isBeyond(credentials, request.holder())) {
            request.holder().connection.close(CloseReason.REPLACED);
            return RoomExecutor.DONE;
        }
        return replace(session, EndReason.REPLACED, CloseReason.TAKEN_OVER, request);
    }

    /** The session has a key, and only a client that has it gets the session. */
    private CompletionStage<?> reclaim(Session session, Credentials owner, CreateRequest request) {
        Credentials credentials = request.credentials();
        if (credentials == null || !credentials.key().opens(owner.key())) {
            return session.isConnected() ? contest(session, request) : refuseInUse(session, request);
        }
        ConnectionSessions holder = request.holder();
        boolean isSameInstance = credentials.isOfSameInstance(owner);
        if (session.isBeyond(credentials, holder)) {
            holder.connection.close(CloseReason.REPLACED);
            return RoomExecutor.DONE;
        }
        if (!session.room.id.equals(request.roomId())) {
            CloseReason closeReason = isSameInstance ? CloseReason.REPLACED : CloseReason.TAKEN_OVER;
            return replace(session, EndReason.MOVED, closeReason, request);
        }
        boolean isAnew = !isSameInstance || !session.isUntouched();
        if (isAnew && !session.role.equals(request.asker())) { // it begins anew as what its client is now
            return replace(session, EndReason.REPLACED, CloseReason.TAKEN_OVER, request);
        }
        if (isAnew && !lifecycle.mayBegin(session.room, holder.connection.account())) {
            return request.refuse(ErrorCode.QUOTA_EXCEEDED);
        }
        if (!holder.add(session)) {
            return request.refuseUnlessGone();
        }
        if (isAnew) {
            return handover.createAnew(session, holder, credentials);
        }
        return session.hold.isBy(holder.connection)
                ? handover.repeat(session)
                : handover.recreate(session, holder, credentials);
    }

    /** Ends the session, and then decides {@code request} anew; another connection that has held it is told {@code closeReason}. */
    private CompletionStage<?> replace(
            Session session, EndReason reason, CloseReason closeReason, CreateRequest request) {
        Optional<ConnectionSessions> displaced = session.hold.holder().filter(holder -> holder != request.holder());
        return lifecycle.end(session, reason).thenRun(() -> {
            if (!session.hasEnded()) { // its room belongs to another server, which is to decide
                request.holder().connection.send(new ServerEvent.Elsewhere(request.id()));
                return;
            }
            displaced.ifPresent(holder -> Handover.dismiss(session, holder, closeReason));
            startAnew(request);
        });
    }

    private CompletionStage<?> recreatePlain(Session session, CreateRequest request) {
        boolean isSameRoom = session.room.id.equals(request.roomId());
        if (session.hold.isBy(request.holder().connection) && isSameRoom) {
            return handover.repeat(session);
        }
        if (session.isConnected()) {
            return contest(session, request);
        }
        if (request.credentials() != null || !isSameRoom || !session.role.equals(request.asker())) {
            EndReason reason = isSameRoom ? EndReason.REPLACED : EndReason.MOVED;
            return replace(session, reason, CloseReason.REPLACED, request); // it waits: no connection is told
        }
        return request.holder().add(session)
                ? handover.reattach(session, request.holder())
                : request.refuseUnlessGone();
    }

    /**
     * Another connection holds the session, and the newcomer has not shown that it is its own. It may be dead without having been missed yet, so it is probed; meanwhile no other
     * request may contest the session.
     */
    private CompletionStage<?> contest(Session session, CreateRequest request) {
        boolean isOwn = session.hold.isBy(request.holder().connection);
        Optional<ConnectionSessions> held = session.hold.holder();
        if (isOwn || held.isEmpty() || session.isContested) {
            return refuseInUse(session, request);
        }
        session.isContested = true;
        long attachment = session.hold.attachments();
        request.holder().ask(1); // it is decided when the probe is
        held.get()
                .connection
                .probe()
                .thenAccept(isAlive -> session.room.executor.addLater(() -> settle(session, attachment, request)));
        return RoomExecutor.DONE;
    }

    private CompletionStage<?> settle(Session session, long contested, CreateRequest request) {
        session.isContested = false;
        boolean isStillHeld = session.isConnected() && session.hold.attachments() == contested;
        return decide(request, () -> isStillHeld ? refuseInUse(session, request) : startAnew(request));
    }

    private CompletionStage<?> refuseInUse(Session session, CreateRequest request) {
        request.holder()
                .connection
                .send(new ServerEvent.CreateRefused(
                        request.id(), ErrorCode.SESSION_IN_USE, lifecycle.waitFor(session)));
        return RoomExecutor.DONE;
    }
}
