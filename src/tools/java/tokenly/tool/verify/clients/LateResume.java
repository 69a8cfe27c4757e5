package tokenly.tool.verify.clients;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tokenly.client.Credentials;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;
import tokenly.protocol.Subprotocol;
import tokenly.tool.server.AccessToken;

/** A {@code resume} that an instance has given up long ago, on a connection of its own. */
final class LateResume {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /**
     * The server is killed, stops or is too busy, or has heard nothing, because the network swallows everything: that says nothing
     * of the resume (PROTOCOL.md, "Close codes").
     */
    private static final Set<Integer> NO_ANSWER = Set.of(1001, 1006, 1012, 1013, 4008);

    /** How long it may take until it is answered. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    /** What stands for an answer that is no close. */
    private static final int ANSWERED = 0;

    private final String instance;
    private final long attempt;
    private final Credentials credentials;

    /** {@code attempt} is below one on which {@code instance} has its session. */
    LateResume(String instance, long attempt, Credentials credentials) {
        this.instance = instance;
        this.attempt = attempt;
        this.credentials = credentials;
    }

    /**
     * Sends it, if the connection comes about soon: later another instance may have the session, and this one would take it over.
     *
     * @return the close code of the answer, 0 for a session that was given; nothing if the connection did not come about or
     *     broke, or the session has ended or was taken over meanwhile, so that there is nothing to be late for
     */
    CompletionStage<OptionalInt> send(URI rtc, AccessToken token) {
        ResumeListener listener = new ResumeListener(token);
        listener.answer.completeOnTimeout(OptionalInt.empty(), LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        HTTP.newWebSocketBuilder()
                .subprotocols(Subprotocol.V1)
                .buildAsync(rtc, listener)
                .exceptionally(failed -> {
                    listener.end(OptionalInt.empty());
                    return null;
                });
        return listener.answer;
    }

    private String frame() {
        JsonObject session = JsonObject.EMPTY
                .with("session_id", credentials.sessionId())
                .with("resume_key", credentials.resumeKey())
                .with("epoch", credentials.epoch())
                .with("received", credentials.received())
                .with("sent", credentials.sent())
                .with("acked", credentials.acked());
        return JsonObject.EMPTY
                .with("type", "resume")
                .with("instance", instance)
                .with("attempt", attempt)
                .with("sessions", new Json.Array(List.of(session)))
                .toString();
    }

    private final class ResumeListener implements WebSocket.Listener {

        final CompletableFuture<OptionalInt> answer = new CompletableFuture<>();
        private final AccessToken token;
        private boolean isWelcome;

        ResumeListener(AccessToken token) {
            this.token = token;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            if (answer.isDone()) {
                socket.abort();
                return null;
            }
            if (isWelcome && !part.toString().startsWith("{\"type\":\"authenticated\"")) {
                boolean isRefused = part.toString().matches(".*\"(gone|new-instance)\".*");
                end(isRefused ? OptionalInt.empty() : OptionalInt.of(ANSWERED));
                socket.abort();
                return null;
            }
            socket.request(1);
            if (isWelcome || !isLast) {
                return null;
            }
            isWelcome = true;
            return token.frame()
                    .map(auth -> socket.sendText(auth, true))
                    .orElseGet(() -> CompletableFuture.completedFuture(socket))
                    .thenCompose(sent -> sent.sendText(frame(), true));
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end(NO_ANSWER.contains(code) ? OptionalInt.empty() : OptionalInt.of(code));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable broken) {
            end(OptionalInt.empty());
        }

        void end(OptionalInt how) {
            answer.complete(how);
        }
    }
}
