package tokenly.tool.verify.clients;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import tokenly.client.ClientListener;
import tokenly.client.FrameTap;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Recorder;

/**
 * Writes down what passes on the connections of one client, which it reads by itself: it must not share the mistakes of the
 * client's own reading. Sessions may be added by any thread, everything else belongs to the client's thread.
 */
final class Tap implements FrameTap, ClientListener {

    private final Recorder recorder;
    private final Epochs epochs;
    private final Map<String, ClientProgram> players = new ConcurrentHashMap<>(); // by session id

    Tap(Recorder recorder, Epochs epochs) {
        this.recorder = recorder;
        this.epochs = epochs;
    }

    /** The client will ask for that session. */
    void add(String sessionId, ClientProgram player) {
        players.put(sessionId, player);
    }

    @Override
    public void opened(long attempt) {
        players.values().forEach(player -> recorder.opened(player.seat(), attempt));
    }

    @Override
    public void lost(long attempt, int code, String reason) {
        players.values().forEach(player -> recorder.closed(player.seat(), attempt, code));
    }

    @Override
    public void out(long attempt, String text) {
        JsonDocument frame = JsonDocument.parse(text);
        switch (frame.type()) {
            case "create-peer" -> about(frame, player -> recorder.createAsked(player.seat(), attempt));
            case "resume" -> resumes(attempt, frame.get("sessions"));
            case "ack" -> acks(frame, (player, seq) -> recorder.ack(player.seat(), attempt, seq));
            default -> {
                if (frame.get("seq") instanceof BigDecimal seq) {
                    about(frame, player -> signal(player, attempt, seq.longValue(), frame.get("number")));
                }
            }
        }
    }

    private void resumes(long attempt, @Nullable Object sessions) {
        if (!(sessions instanceof List<?> asked)) {
            return;
        }
        for (Object one : asked) {
            if (one instanceof Map<?, ?> fields) {
                ClientProgram player = players.get(String.valueOf(fields.get("session_id")));
                if (player != null) {
                    recorder.resumeAsked(
                            player.seat(), attempt, whole(fields.get("received")), whole(fields.get("sent")));
                }
            }
        }
    }

    private void signal(ClientProgram player, long attempt, long seq, @Nullable Object number) {
        player.numbers().put(seq, whole(number));
        recorder.out(player.seat(), attempt, seq);
    }

    @Override
    public void in(long attempt, String text) {
        JsonDocument frame = JsonDocument.parse(text);
        switch (frame.type()) {
            case "peer-created" -> about(frame, player -> created(player, attempt, frame));
            case "resumed" -> about(frame, player -> resumed(player, attempt, frame));
            case "ack" -> acks(frame, (player, seq) -> recorder.acked(player.seat(), attempt, seq));
            default -> {
                if (frame.get("seq") instanceof BigDecimal seq) {
                    about(frame, player -> recorder.in(player.seat(), attempt, seq.longValue()));
                }
            }
        }
    }

    private void created(ClientProgram player, long attempt, JsonDocument frame) {
        if (Boolean.TRUE.equals(frame.get("success"))) {
            begin(player, attempt, frame);
            recorder.created(player.seat(), attempt, epoch(frame));
        } else {
            Object code = frame.get("error") instanceof Map<?, ?> error ? error.get("code") : "";
            recorder.denied(player.seat(), attempt, Reason.named(String.valueOf(code)));
        }
    }

    private static void begin(ClientProgram player, long attempt, JsonDocument frame) {
        player.numbers().restart(String.valueOf(frame.get("epoch")));
        player.attached(attempt);
    }

    private void resumed(ClientProgram player, long attempt, JsonDocument frame) {
        Reason reason = Reason.named(String.valueOf(frame.get("reason")));
        switch (String.valueOf(frame.get("outcome"))) {
            case "resumed" -> {
                player.attached(attempt);
                recorder.resumed(player.seat(), attempt, whole(frame.get("received")), whole(frame.get("last")));
            }
            case "reset" -> {
                begin(player, attempt, frame);
                recorder.reset(player.seat(), attempt, epoch(frame), reason);
            }
            case "gone" -> recorder.gone(player.seat(), attempt);
            default -> recorder.denied(player.seat(), attempt, reason);
        }
    }

    private void about(JsonDocument frame, Consumer<ClientProgram> step) {
        ClientProgram player = players.get(String.valueOf(frame.get("session_id")));
        if (player != null) {
            step.accept(player);
        }
    }

    private void acks(JsonDocument frame, ObjLongConsumer<ClientProgram> step) {
        if (frame.get("received") instanceof Map<?, ?> received) {
            received.forEach((id, seq) -> {
                ClientProgram player = players.get(String.valueOf(id));
                if (player != null) {
                    step.accept(player, whole(seq));
                }
            });
        }
    }

    private int epoch(JsonDocument frame) {
        return epochs.number(String.valueOf(frame.get("epoch")));
    }

    private static long whole(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.longValue() : 0;
    }
}
