package tokenly.session;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/**
 * Who gets a session back, and with what: the rules of {@code resume} (PROTOCOL.md, "Resuming"). The newest connection wins
 * at once; that the old one is lost need not have been noticed.
 */
final class Resumption {

    private final Registry registry;
    private final Handover handover;

    Resumption(Registry registry, Handover handover) {
        this.registry = registry;
        this.handover = handover;
    }

    /** {@code holder} asks for session {@code id} back. */
    record Request(ConnectionSessions holder, SessionId id, Credentials credentials, Position position) {}

    void decide(Request request) {
        Connection connection = request.holder().connection;
        if (isElsewhere(request)) {
            connection.send(new ServerEvent.Elsewhere(request.id()));
            request.holder().decided();
            return;
        }
        Optional<Session> session = registry.session(request.id()).filter(found -> found.key != null);
        KeyHash lock = session.map(found -> found.key).orElse(KeyHash.NONE);
        boolean opens = request.credentials().key().opens(lock);
        boolean isGranted =
                session.filter(found -> found.isGrantedBy(connection.permit())).isPresent();
        if (!isGranted || !opens) { // in the same time, lest a stranger learn which sessions exist
            connection.send(new ServerEvent.Gone(request.id()));
            request.holder().decided();
        } else if (!session.get().room.executor.offerReturn(() -> decide(session.get(), request))) {
            connection.close(CloseReason.BUSY);
            request.holder().decided();
        }
    }

    /** Whether its room belongs to another server. */
    private boolean isElsewhere(Request request) {
        OptionalInt shard = request.position().epoch().shard();
        return shard.isPresent() && !registry.has(shard.getAsInt());
    }

    private CompletionStage<?> decide(Session session, Request request) {
        try {
            return resume(session, request);
        } finally {
            request.holder().decided();
        }
    }

    private CompletionStage<?> resume(Session session, Request request) {
        ConnectionSessions holder = request.holder();
        Credentials credentials = request.credentials();
        if (session.hasEnded()) {
            holder.connection.send(
                    isElsewhere(request)
                            ? new ServerEvent.Elsewhere(request.id())
                            : new ServerEvent.Gone(request.id()));
            return RoomExecutor.DONE;
        }
        boolean isSameInstance =
                session.credentials().filter(credentials::isOfSameInstance).isPresent();
        if (session.isBeyond(credentials, holder)) {
            holder.connection.close(CloseReason.REPLACED);
            return RoomExecutor.DONE;
        }
        if (!holder.add(session)) {
            if (!session.isGrantedBy(holder.connection.permit())) { // any more; else its connection is gone
                holder.connection.send(new ServerEvent.Gone(request.id()));
            }
            return RoomExecutor.DONE;
        }
        Optional<ResetReason> misfit =
                isSameInstance ? misfit(session, request.position()) : Optional.of(ResetReason.NEW_INSTANCE);
        return misfit.isPresent()
                ? handover.reset(
                        session,
                        holder,
                        credentials,
                        misfit.get(),
                        session.signals.acceptedIn(request.position().epoch()))
                : handover.resume(
                        session, holder, credentials, request.position().received());
    }

    /** Why the session cannot go on where its client stands. */
    private static Optional<ResetReason> misfit(Session session, Position position) {
        Mailbox mailbox = session.mailbox();
        if (mailbox.hasOverflowed()) {
            return Optional.of(ResetReason.OVERFLOW);
        }
        if (!position.epoch().equals(session.epoch())) {
            return Optional.of(
                    session.signals.hasLostEndOf(position.epoch()) ? ResetReason.STORE_WENT_BACK : ResetReason.EPOCH);
        }
        if (position.received() > session.hold.maxSent() || position.acknowledged() > session.acceptedSeq()) {
            return Optional.of(ResetReason.STORE_WENT_BACK);
        }
        if (position.received() < mailbox.ackedSeq() || position.sent() < session.acceptedSeq()) {
            return Optional.of(ResetReason.CLIENT_BEHIND);
        }
        return Optional.empty();
    }
}
