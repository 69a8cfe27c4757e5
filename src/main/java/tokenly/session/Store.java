package tokenly.session;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Port: where the model writes what it is about to make visible. Asynchronous, because a store may be across a network.
 * Each room has at most one append under way; appends of different rooms may run at the same time.
 */
public interface Store {

    /**
     * Writes one entry, whole or not at all.
     *
     * @return completes when the entry is written; exceptionally if it was not and never will be
     */
    CompletionStage<@Nullable Void> append(Entry entry);

    /** One atomic record. */
    sealed interface Entry {

        /** {@code session} exists in {@code room}. */
        record Created(SessionId session, RoomId room) implements Entry {}

        /** {@code signal} of {@code from} goes to each of {@code to}. */
        record Relayed(SessionId from, List<SessionId> to, Signal signal) implements Entry {}

        /** {@code session} exists no more. */
        record Ended(SessionId session, EndReason reason) implements Entry {}
    }
}
