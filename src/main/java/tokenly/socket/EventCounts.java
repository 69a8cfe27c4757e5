package tokenly.socket;

import java.util.Optional;
import tokenly.access.Refusal;
import tokenly.access.Refusals;
import tokenly.session.Message;
import tokenly.session.ServerEvent;

/** Counts what the model refuses as a client is told of it; an undeliverable that is sent again counts again. Thread-safe. */
final class EventCounts {

    private EventCounts() {}

    /** Counts {@code event} in {@code refusals} if it says that a bound was passed. */
    static void count(ServerEvent event, Refusals refusals) {
        bound(event).ifPresent(refusals::add);
    }

    private static Optional<Refusal> bound(ServerEvent event) {
        if (event instanceof ServerEvent.CreateRefused refused) {
            return switch (refused.refusal()) {
                case SERVER_FULL -> Optional.of(Refusal.SESSIONS_FULL);
                case ROOM_FULL -> Optional.of(Refusal.ROOM_FULL);
                case QUOTA_EXCEEDED -> Optional.of(Refusal.CREATE_QUOTA);
                case SESSION_IN_USE, STORE_FAILED -> Optional.empty();
            };
        }
        if (event instanceof ServerEvent.Rejected rejected) {
            return switch (rejected.rejection()) {
                case QUOTA_EXCEEDED -> Optional.of(Refusal.SIGNAL_QUOTA);
                case BUSY -> Optional.of(Refusal.ROOM_BUSY);
                case UNKNOWN_SESSION, SEQ_GAP, BAD_ACK, STORE_FAILED -> Optional.empty();
            };
        }
        return event instanceof ServerEvent.Delivery delivery
                        && delivery.message() instanceof Message.Undeliverable undeliverable
                ? bound(undeliverable.reason())
                : Optional.empty();
    }

    private static Optional<Refusal> bound(Message.UndeliverableReason reason) {
        return switch (reason) {
            case QUOTA -> Optional.of(Refusal.UNDELIVERABLE_QUOTA);
            case OVERFLOW -> Optional.of(Refusal.UNDELIVERABLE_OVERFLOW);
            case UNKNOWN_PEER, AWAY -> Optional.empty();
        };
    }
}
