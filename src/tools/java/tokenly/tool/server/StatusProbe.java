package tokenly.tool.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One answer of {@code GET /status}.
 *
 * @param contentType of the answer
 * @param json its body
 */
public record StatusProbe(String contentType, JsonDocument json) {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    /** Version 1.1, because 2 would offer an upgrade that no server here takes. */
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Asks now; anything but 200 and one JSON object is an error. */
    public static StatusProbe of(TokenlyServer server) {
        try {
            HttpResponse<String> answer = get(server);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("GET /status answered " + answer.statusCode() + ": " + answer.body());
            }
            return new StatusProbe(
                    answer.headers().firstValue("content-type").orElse(""), JsonDocument.parse(answer.body()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public static boolean isServed(TokenlyServer server) {
        try {
            return get(server).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpResponse<String> get(TokenlyServer server) throws IOException {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(server.status())
                            .timeout(ANSWER_LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while /status was asked", interrupted);
        }
    }

    public String state() {
        return String.valueOf(json.get("state"));
    }

    public int activeSessions() {
        return number("active_sessions").intValueExact();
    }

    public int reconnectAttempts() {
        return number("reconnect_attempts").intValueExact();
    }

    public int maxAttempts() {
        return number("max_attempts").intValueExact();
    }

    public BigDecimal nextDelaySeconds() {
        return number("next_delay_seconds");
    }

    public Optional<Instant> lastAttempt() {
        return Optional.ofNullable(json.get("last_attempt")).map(text -> Instant.parse(text.toString()));
    }

    private BigDecimal number(String field) {
        if (json.get(field) instanceof BigDecimal number) {
            return number;
        }
        throw new IllegalStateException("no number " + field + " in " + json);
    }
}
