package tokenly.socket;

import java.util.Optional;
import tokenly.access.LimitHit;
import tokenly.access.LimitHits;
import tokenly.session.Message;
import tokenly.session.ServerEvent;

/** Counts what the model refuses as a client is told of it; an undeliverable that is sent again counts again. Thread-safe. */
final class EventCounts {

    private EventCounts() {}

    /** Counts {@code event} in {@code limitHits} if it says that a bound was passed. */
    static void count(ServerEvent event, LimitHits limitHits) {
        bound(event).ifPresent(limitHits::add);
    }

    private static Optional<LimitHit> bound(ServerEvent event) {
        if (event instanceof ServerEvent.CreateRefused refused) {
            return switch (refused.code()) {
                case SERVER_FULL -> Optional.of(LimitHit.SESSIONS_FULL);
                case ROOM_FULL -> Optional.of(LimitHit.ROOM_FULL);
                case QUOTA_EXCEEDED -> Optional.of(LimitHit.CREATE_QUOTA);
                default -> Optional.empty();
            };
        }
        if (event instanceof ServerEvent.Rejected rejected) {
            return switch (rejected.code()) {
                case QUOTA_EXCEEDED -> Optional.of(LimitHit.SIGNAL_QUOTA);
                case BUSY -> Optional.of(LimitHit.ROOM_BUSY);
                default -> Optional.empty();
            };
        }
        return event instanceof ServerEvent.Delivery delivery
                        && delivery.message() instanceof Message.Undeliverable undeliverable
                ? bound(undeliverable.reason())
                : Optional.empty();
    }

    private static Optional<LimitHit> bound(Message.UndeliverableReason reason) {
        return switch (reason) {
            case QUOTA -> Optional.of(LimitHit.UNDELIVERABLE_QUOTA);
            case OVERFLOW -> Optional.of(LimitHit.UNDELIVERABLE_OVERFLOW);
            case UNKNOWN_PEER, AWAY, RESTARTED, LEFT, REPLACED, NOT_ALLOWED -> Optional.empty();
        };
    }
}
