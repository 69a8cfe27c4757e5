package tokenly.socket;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The owner of an outbox that passes on what it is told, and whose far side answers pings at once. */
final class FakeOwner implements OutboxOwner {

    private final Consumer<Throwable> onFailure;
    private final Runnable onRoom;
    private volatile @Nullable Outbox outbox;

    FakeOwner(Consumer<Throwable> onFailure, Runnable onRoom) {
        this.onFailure = onFailure;
        this.onRoom = onRoom;
    }

    /** The outbox that it owns; returns it. */
    Outbox own(Outbox owned) {
        outbox = owned;
        return owned;
    }

    @Override
    public void failed(Throwable cause) {
        onFailure.accept(cause);
    }

    @Override
    public void roomAgain() {
        onRoom.run();
    }

    @Override
    public void letGo() {
        throw new AssertionError("no reader was to be let go");
    }

    @Override
    public void ping(long mark) {
        Objects.requireNonNull(outbox).answered(mark);
    }
}
