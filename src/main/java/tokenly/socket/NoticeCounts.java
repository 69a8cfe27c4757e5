package tokenly.socket;

import java.util.Optional;
import tokenly.access.Refusal;
import tokenly.access.Refusals;
import tokenly.session.Message;
import tokenly.session.Notice;

/** Counts what the model refuses as a client is told of it; an undeliverable that is sent again counts again. Thread-safe. */
final class NoticeCounts {

    private NoticeCounts() {}

    /** Counts {@code notice} in {@code refusals} if it says that a bound was passed. */
    static void count(Notice notice, Refusals refusals) {
        bound(notice).ifPresent(refusals::add);
    }

    private static Optional<Refusal> bound(Notice notice) {
        if (notice instanceof Notice.CreateRefused refused) {
            return switch (refused.refusal()) {
                case SERVER_FULL -> Optional.of(Refusal.SESSIONS_FULL);
                case ROOM_FULL -> Optional.of(Refusal.ROOM_FULL);
                case QUOTA_EXCEEDED -> Optional.of(Refusal.CREATE_QUOTA);
                case SESSION_IN_USE, STORE_FAILED -> Optional.empty();
            };
        }
        if (notice instanceof Notice.Rejected rejected) {
            return switch (rejected.rejection()) {
                case QUOTA_EXCEEDED -> Optional.of(Refusal.SIGNAL_QUOTA);
                case BUSY -> Optional.of(Refusal.ROOM_BUSY);
                case UNKNOWN_SESSION, SEQ_GAP, BAD_ACK, STORE_FAILED -> Optional.empty();
            };
        }
        return notice instanceof Notice.Delivery delivery
                        && delivery.message() instanceof Message.Undeliverable undeliverable
                ? bound(undeliverable.obstacle())
                : Optional.empty();
    }

    private static Optional<Refusal> bound(Message.Obstacle obstacle) {
        return switch (obstacle) {
            case QUOTA -> Optional.of(Refusal.UNDELIVERABLE_QUOTA);
            case OVERFLOW -> Optional.of(Refusal.UNDELIVERABLE_OVERFLOW);
            case UNKNOWN_PEER, AWAY -> Optional.empty();
        };
    }
}
