package tokenly.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tokenly.tool.load.ws.CloseOutcome;
import tokenly.tool.load.ws.WebSocketClient;
import tokenly.tool.load.ws.WebSocketConnection;
import tokenly.tool.load.ws.WebSocketListener;

/**
 * One session, and the connection it is on. Each of {@link #enter}, {@link #drop} and {@link #leave} succeeds or fails
 * once in its round. Thread-safe.
 */
final class LoadSession implements WebSocketListener {

    /** Leaving (PROTOCOL.md, "Close codes"). */
    private static final int NORMAL = 1000;

    private enum Place {
        /** It has not entered yet, or was dropped. */
        OUTSIDE,
        ENTERING,
        INSIDE,
        /** It was inside, and its connection ended by itself. */
        LOST,
        DROPPING,
        LEAVING,
        /** It has failed or left. */
        DONE
    }

    private final String session;
    private final String room;
    private Place place = Place.OUTSIDE; // guarded by this, like all below
    private @Nullable WebSocketConnection connection; // not null from ENTERING on
    private @Nullable PhaseRun round; // that it is in, or was in last
    private Duration began = Duration.ZERO;
    private CloseOutcome outcome = CloseOutcome.ABORTED; // of the last connection

    LoadSession(String session, String room) {
        this.session = session;
        this.room = room;
    }

    synchronized boolean isOutside() {
        return place == Place.OUTSIDE;
    }

    /** Whether it is inside, as far as it was told. */
    synchronized boolean shouldBeInside() {
        return place == Place.INSIDE || place == Place.LOST;
    }

    /** Connects and creates its session. */
    synchronized void enter(WebSocketClient client, PhaseRun round) {
        this.round = round;
        began = round.now();
        place = Place.ENTERING;
        connection = client.connect(this);
    }

    /** Ends its connection without a word. */
    synchronized void drop(PhaseRun round) {
        if (isStillInside(round) && connection != null) {
            place = Place.DROPPING;
            connection.abort();
        }
    }

    /** Ends its session by a normal close of its connection. */
    synchronized void leave(PhaseRun round) {
        if (isStillInside(round) && connection != null) {
            place = Place.LEAVING;
            connection.close(NORMAL);
        }
    }

    private boolean isStillInside(PhaseRun round) {
        this.round = round;
        if (place == Place.LOST) {
            fail(outcome.name());
        }
        return place == Place.INSIDE;
    }

    /** Fails, if it is still under way. */
    synchronized void giveUp() {
        if (place == Place.ENTERING || place == Place.LEAVING || place == Place.DROPPING) {
            fail(Failure.TIMEOUT);
        }
    }

    @Override
    public synchronized void opened(WebSocketConnection connection) {
        if (place == Place.ENTERING) {
            this.connection = connection;
            connection.send(
                    "{\"type\":\"create-peer\",\"session_id\":\"" + session + "\",\"room_id\":\"" + room + "\"}");
        }
    }

    @Override
    public synchronized void text(ByteBuffer utf8) {
        if (place == Place.ENTERING) {
            Answer.of(StandardCharsets.UTF_8.decode(utf8).toString(), session).ifPresent(this::answered);
        }
    }

    private void answered(Answer answer) {
        if (!answer.isCreated()) {
            fail(answer.code());
        } else if (round != null) {
            place = Place.INSIDE;
            round.succeed(round.now().minus(began));
        }
    }

    @Override
    public synchronized void ended(CloseOutcome outcome) {
        this.outcome = outcome;
        switch (place) {
            case ENTERING -> fail(outcome.name());
            case INSIDE -> place = Place.LOST;
            case DROPPING -> succeed(Place.OUTSIDE);
            case LEAVING -> left(outcome);
            default -> {} // it is no more
        }
    }

    private void left(CloseOutcome outcome) {
        if (outcome.equals(CloseOutcome.closed(NORMAL))) {
            succeed(Place.DONE);
        } else {
            fail(outcome.name());
        }
    }

    private void succeed(Place next) {
        place = next;
        if (round != null) {
            round.succeed();
        }
    }

    private void fail(String reason) {
        place = Place.DONE;
        if (connection != null) {
            connection.abort();
        }
        if (round != null) {
            round.fail(reason);
        }
    }
}
