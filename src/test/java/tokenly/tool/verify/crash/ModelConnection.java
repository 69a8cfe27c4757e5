package tokenly.tool.verify.crash;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import tokenly.session.Account;
import tokenly.session.CloseReason;
import tokenly.session.Connection;
import tokenly.session.DisconnectReason;
import tokenly.session.Permit;
import tokenly.session.ServerEvent;
import tokenly.session.SessionId;
import tokenly.session.Switchboard;

/** One connection of an {@link Actor} to a {@link ServerLife}: what goes either way waits here until it is let through. */
final class ModelConnection implements Connection {

    private final Account account = Account.unbounded();
    private final ServerLife server;
    private final Actor actor;
    private final Queue<Consumer<Switchboard>> up = new ArrayDeque<>();
    private final Queue<Runnable> down = new ArrayDeque<>();
    private boolean isClosing; // by the server
    private boolean isGone; // and the server knows

    ModelConnection(ServerLife server, Actor actor) {
        this.server = server;
        this.actor = actor;
        server.switchboard().opened(this);
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Permit permit() {
        return Permit.EVERYTHING;
    }

    @Override
    public void send(ServerEvent event) {
        put(() -> actor.told(event));
    }

    @Override
    public void send(List<ServerEvent.Delivery> deliveries) {
        deliveries.forEach(this::send);
    }

    @Override
    public void acknowledge(SessionId session, long acceptedSeq) {
        put(() -> actor.acknowledged(acceptedSeq));
    }

    private void put(Runnable frame) {
        if (!server.isDead() && !isGone) {
            down.add(frame);
        }
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public CompletionStage<Boolean> probe() {
        return CompletableFuture.completedStage(!isGone);
    }

    @Override
    public void close(CloseReason why) {
        isClosing = !server.isDead();
    }

    @Override
    public CompletionStage<?> stop() {
        throw new UnsupportedOperationException("servers of this run are killed");
    }

    /** The actor sends a frame; {@code frame} is what it does at the server. */
    void send(Consumer<Switchboard> frame) {
        up.add(frame);
    }

    /** Lets one frame through in each direction; returns false if there was none, and the connection stays as it is. */
    boolean flow() {
        boolean isBusy = !up.isEmpty() || !down.isEmpty() || isClosing;
        if (!up.isEmpty()) {
            up.remove().accept(server.switchboard());
        }
        if (!down.isEmpty() && !server.isDead()) {
            down.remove().run();
        }
        if (isClosing && down.isEmpty()) {
            end();
        }
        return isBusy;
    }

    /** The connection breaks, and the server events. */
    void end() {
        isGone = true;
        isClosing = false;
        server.switchboard().closed(this, DisconnectReason.LOST);
        actor.lost();
    }

    /** The server has died. {@code arrives} says whether the actor still gets what was on its way to it. */
    void hangUp(boolean arrives) {
        isGone = true;
        while (arrives && !down.isEmpty()) {
            down.remove().run();
        }
        actor.lost();
    }
}
