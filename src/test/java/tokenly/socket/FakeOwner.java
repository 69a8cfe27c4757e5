package tokenly.socket;

import java.util.function.Consumer;

/** The owner of an outbox that passes on what it is told. */
record FakeOwner(Consumer<Throwable> onFailure, Runnable onRoom) implements Outbox.Owner {

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
}
