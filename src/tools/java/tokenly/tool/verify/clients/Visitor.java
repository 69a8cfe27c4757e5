package tokenly.tool.verify.clients;

import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tokenly.client.json.JsonObject;
import tokenly.protocol.CloseCode;
import tokenly.tool.server.JsonDocument;

/**
 * A plain client that comes to a room and goes again, under one name: mostly by {@code destroy-peer}, and with each connection once by
 * the close of it. {@link #stop} is for any thread, the rest for one at a time.
 */
final class Visitor {

    private static final System.Logger LOG = System.getLogger(Visitor.class.getName());
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final int VISITS_PER_CONNECTION = 5;

    private final Routes routes;
    private final String name;
    private final String room;
    private boolean isGone = true; // for sure
    private volatile String refusal = "no connection"; // the last
    private volatile boolean isStopping;

    Visitor(Routes routes, String name, String room) {
        this.routes = routes;
        this.name = name;
        this.room = room;
    }

    /** Comes and goes several times on one connection; nothing if the server is down. */
    void visit() {
        connected((socket, answers) -> {
            for (int visit = 1; visit < VISITS_PER_CONNECTION && !isStopping; visit++) {
                if (!comes(socket, answers) || !leaves(socket, answers)) {
                    return;
                }
            }
            if (!isStopping) {
                comes(socket, answers);
            }
        });
    }

    /** It begins no visit more. */
    void stop() {
        isStopping = true;
    }

    /** Makes sure that it is not in the room; false if the server did not confirm that. */
    boolean stayAway() {
        if (!isGone) {
            connected((socket, answers) -> {
                if (comes(socket, answers)) {
                    leaves(socket, answers);
                }
            });
        }
        return isGone;
    }

    /** Whether it is not in the room for sure. */
    boolean isGone() {
        return isGone;
    }

    private boolean comes(WebSocket socket, Answers answers) {
        isGone = false;
        return isGranted(socket, answers, frame("create-peer").with("room_id", room), "peer-created");
    }

    private boolean leaves(WebSocket socket, Answers answers) {
        isGone = isGranted(socket, answers, frame("destroy-peer"), "peer-destroyed");
        return isGone;
    }

    /** Asks, and waits for an answer of {@code type}; false if the server says no, or nothing in time. */
    private boolean isGranted(WebSocket socket, Answers answers, JsonObject question, String type) {
        Optional<JsonDocument> answer = answers.to(socket, question);
        boolean isGranted = answer.filter(
                        given -> given.type().equals(type) && !Boolean.FALSE.equals(given.get("success")))
                .isPresent();
        if (!isGranted) {
            refusal = answer.map(JsonDocument::toString).orElse("no answer");
        }
        return isGranted;
    }

    /** Its name, and what it was told when it could not go. */
    @Override
    public String toString() {
        return name + ": " + refusal;
    }

    private void connected(BiConsumer<WebSocket, Answers> step) {
        Answers answers = new Answers();
        try {
            WebSocket socket = HTTP.newWebSocketBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .buildAsync(routes.direct(), answers)
                    .join();
            routes.token().frame().ifPresent(auth -> socket.sendText(auth, true).join());
            step.accept(socket, answers);
            socket.sendClose(CloseCode.NORMAL.number(), "").join();
        } catch (CompletionException broken) {
            LOG.log(Level.DEBUG, "the server is down", broken);
            refusal = String.valueOf(broken.getCause());
        }
    }

    private JsonObject frame(String type) {
        return JsonObject.EMPTY.with("type", type).with("session_id", name);
    }

    /** What the server says about the visitor itself. */
    private static final class Answers implements WebSocket.Listener {

        private static final String END = "end";

        private final BlockingQueue<JsonDocument> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        /** Sends {@code question} and waits for what is said to it; empty if nothing comes in time. */
        Optional<JsonDocument> to(WebSocket socket, JsonObject question) {
            socket.sendText(question.toString(), true).join();
            try {
                return Optional.ofNullable(frames.poll(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            partial.append(part);
            if (isLast) {
                JsonDocument frame = JsonDocument.parse(partial.toString());
                partial.setLength(0);
                if (isAnswer(frame.type())) {
                    frames.add(frame);
                }
            }
            socket.request(1);
            return null;
        }

        private static boolean isAnswer(String type) {
            return switch (type) {
                case "peer-created", "peer-destroyed", "error" -> true;
                default -> false; // who else is there, and what they send to all
            };
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable broken) {
            end();
        }

        private void end() {
            frames.add(JsonDocument.parse(JsonObject.EMPTY.with("type", END).toString()));
        }
    }
}
