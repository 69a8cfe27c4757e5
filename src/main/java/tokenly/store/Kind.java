package tokenly.store;

import java.util.List;
import tokenly.session.EndReason;
import tokenly.session.Message;
import tokenly.session.ResetReason;
import tokenly.session.Signal;

/** What the numbers in the log mean. A new meaning gets a new number; what a number means never changes. */
final class Kind {

    static final int CREATED = 1;
    static final int RESUMED = 2;
    static final int RESTARTED = 3;
    static final int TAKEN = 4;
    static final int APPENDED = 5;
    static final int TRIMMED = 6;
    static final int OVERFLOWED = 7;
    static final int ENDED = 8;

    static final int SIGNALLED = 1;
    static final int PEER_JOINED = 2;
    static final int PEER_AWAY = 3;
    static final int PEER_BACK = 4;
    static final int PEER_RESTARTED = 5;
    static final int PEER_LEFT = 6;
    static final int UNDELIVERABLE = 7;

    // The number of each is its place here; a new one goes to the end.
    static final List<EndReason> END_REASONS =
            List.of(EndReason.LEFT, EndReason.EXPIRED, EndReason.MOVED, EndReason.REPLACED);
    static final List<ResetReason> RESET_REASONS = List.of(
            ResetReason.NEW_INSTANCE,
            ResetReason.CREATED_ANEW,
            ResetReason.EPOCH,
            ResetReason.STORE_WENT_BACK,
            ResetReason.CLIENT_BEHIND,
            ResetReason.OVERFLOW);
    static final List<Message.UndeliverableReason> UNDELIVERABLE_REASONS = List.of(
            Message.UndeliverableReason.UNKNOWN_PEER,
            Message.UndeliverableReason.AWAY,
            Message.UndeliverableReason.OVERFLOW,
            Message.UndeliverableReason.QUOTA);
    static final List<Signal.Kind> SIGNALS =
            List.of(Signal.Kind.OFFER, Signal.Kind.ANSWER, Signal.Kind.ICE_CANDIDATE, Signal.Kind.MESSAGE);
    static final List<Fsync> FSYNCS = List.of(Fsync.OFF, Fsync.INTERVAL, Fsync.ALWAYS);

    private Kind() {}
}
