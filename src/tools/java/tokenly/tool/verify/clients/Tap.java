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
    private final Map<String, ClientProgram> programs = new ConcurrentHashMap<>(); // by session id

    Tap(Recorder recorder, Epochs epochs) {
        this.recorder = recorder;
        this.epochs = epochs;
    }

    /** The client will ask for that session. */
    void add(String sessionId, ClientProgram program) {
        programs.put(sessionId, program);
    }

    @Override
    public void opened(long attempt) {
        programs.values().forEach(program -> recorder.opened(program.instance(), attempt));
    }

    @Override
    public void lost(long attempt, int code, String reason) {
        programs.values().forEach(program -> recorder.closed(program.instance(), attempt, code));
    }

    @Override
    public void out(long attempt, String text) {
        JsonDocument frame = JsonDocument.parse(text);
        switch (frame.type()) {
            case "create-peer" -> about(frame, program -> recorder.createAsked(program.instance(), attempt));
            case "resume" -> resumes(attempt, frame.get("sessions"));
            case "ack" -> acks(frame, (program, seq) -> recorder.ack(program.instance(), attempt, seq));
            default -> {
                if (frame.get("seq") instanceof BigDecimal seq) {
                    about(frame, program -> signal(program, attempt, seq.longValue(), frame.get("number")));
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
                ClientProgram program = programs.get(String.valueOf(fields.get("session_id")));
                if (program != null) {
                    recorder.resumeAsked(
                            program.instance(), attempt, whole(fields.get("received")), whole(fields.get("sent")));
                }
            }
        }
    }

    private void signal(ClientProgram program, long attempt, long seq, @Nullable Object number) {
        program.numbers().put(seq, whole(number));
        recorder.out(program.instance(), attempt, seq);
    }

    @Override
    public void in(long attempt, String text) {
        JsonDocument frame = JsonDocument.parse(text);
        switch (frame.type()) {
            case "peer-created" -> about(frame, program -> created(program, attempt, frame));
            case "resumed" -> about(frame, program -> resumed(program, attempt, frame));
            case "ack" -> acks(frame, (program, seq) -> recorder.acked(program.instance(), attempt, seq));
            default -> {
                if (frame.get("seq") instanceof BigDecimal seq) {
                    about(frame, program -> recorder.in(program.instance(), attempt, seq.longValue()));
                }
            }
        }
    }

    private void created(ClientProgram program, long attempt, JsonDocument frame) {
        if (Boolean.TRUE.equals(frame.get("success"))) {
            begin(program, attempt, frame);
            recorder.created(program.instance(), attempt, epoch(frame));
        } else {
            Object code = frame.get("error") instanceof Map<?, ?> error ? error.get("code") : "";
            recorder.denied(program.instance(), attempt, Reason.named(String.valueOf(code)));
        }
    }

    private static void begin(ClientProgram program, long attempt, JsonDocument frame) {
        program.numbers().restart(String.valueOf(frame.get("epoch")));
        program.attached(attempt);
    }

    private void resumed(ClientProgram program, long attempt, JsonDocument frame) {
        Reason reason = Reason.named(String.valueOf(frame.get("reason")));
        switch (String.valueOf(frame.get("outcome"))) {
            case "resumed" -> {
                program.attached(attempt);
                recorder.resumed(program.instance(), attempt, whole(frame.get("received")), whole(frame.get("last")));
            }
            case "reset" -> {
                begin(program, attempt, frame);
                recorder.reset(program.instance(), attempt, epoch(frame), reason);
            }
            case "gone" -> recorder.gone(program.instance(), attempt);
            default -> recorder.denied(program.instance(), attempt, reason);
        }
    }

    private void about(JsonDocument frame, Consumer<ClientProgram> step) {
        ClientProgram program = programs.get(String.valueOf(frame.get("session_id")));
        if (program != null) {
            step.accept(program);
        }
    }

    private void acks(JsonDocument frame, ObjLongConsumer<ClientProgram> step) {
        if (frame.get("received") instanceof Map<?, ?> received) {
            received.forEach((id, seq) -> {
                ClientProgram program = programs.get(String.valueOf(id));
                if (program != null) {
                    step.accept(program, whole(seq));
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
