package tokenly.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.protocol.CloseCode;

/**
 * The end of an open connection by its client: it has asked the server to end its sessions, waits for the answers, and closes. Belongs to
 * the client's thread.
 */
final class Leaving {

    /** How long the server may take to end the sessions. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    /** How long the server may take to answer a close. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final Timer timer;
    private final Channel channel;
    private final Map<String, Runnable> awaited; // sessions whose end is not confirmed
    private final Runnable over;
    private boolean isClosing;
    private Timer.@Nullable Task due;

    /**
     * Begins to wait.
     *
     * @param sessions whose ends are awaited, at most 1 s, by id; what each has is run when the server has confirmed it
     * @param over called once, when the connection is closed
     */
    Leaving(Timer timer, Channel channel, Map<String, Runnable> sessions, Runnable over) {
        this.timer = timer;
        this.channel = channel;
        this.awaited = new HashMap<>(sessions);
        this.over = over;
        this.due = timer.after(ANSWER_TIMEOUT, this::close);
        closeIfAnswered();
    }

    /** A frame has come meanwhile. */
    void frame(String type, JsonObject frame) {
        String session = frame.text("session_id").orElse("");
        if (type.equals("peer-destroyed")) {
            Optional.ofNullable(awaited.remove(session)).ifPresent(Runnable::run);
        } else if (isNoSession(type, frame)) {
            awaited.remove(session);
        }
        closeIfAnswered();
    }

    /** Whether it says that the connection does not hold the session, so that no end will be confirmed. */
    private static boolean isNoSession(String type, JsonObject frame) {
        return switch (type) {
            case "peer-created" -> !frame.truth("success").orElse(false);
            case "resumed" -> frame.text("outcome").orElse("").equals("gone");
            case "error", "taken-over" -> true;
            default -> false;
        };
    }

    private void closeIfAnswered() {
        if (awaited.isEmpty() && !isClosing) {
            close();
        }
    }

    private void close() {
        isClosing = true;
        cancelDue();
        channel.close(CloseCode.NORMAL.number());
        due = timer.after(CLOSE_TIMEOUT, () -> {
            channel.abort();
            ended();
        });
    }

    /** The connection is gone. */
    void ended() {
        cancelDue();
        over.run();
    }

    private void cancelDue() {
        if (due != null) {
            due.cancel();
            due = null;
        }
    }
}
