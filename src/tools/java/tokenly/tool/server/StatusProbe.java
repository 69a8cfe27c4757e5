package tokenly.tool.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
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
            return ask(server.status());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Asks now.
     *
     * @throws IOException if there is no answer, or it is no status
     */
    public static StatusProbe ask(URI status) throws IOException {
        HttpResponse<String> answer = get(status);
        if (answer.statusCode() != 200) {
            throw new IOException(status + " answered HTTP " + answer.statusCode());
        }
        try {
            StatusProbe probe = new StatusProbe(
                    answer.headers().firstValue("content-type").orElse(""), JsonDocument.parse(answer.body()));
            if (probe.json.get("state") instanceof String && probe.activeSessions() >= 0) {
                return probe;
            }
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException none) {
            throw new IOException(status + " answered no status", none);
        }
        throw new IOException(status + " answered no status");
    }

    /** The same; empty if it does not answer. */
    public static Optional<StatusProbe> askIfItAnswers(URI status) {
        try {
            return Optional.of(ask(status));
        } catch (IOException silent) {
            return Optional.empty(); // for the caller to judge
        }
    }

    /** Where the status of the server is whose {@code /rtc} that is: beside it. */
    public static URI beside(URI rtc) {
        return URI.create("http" + rtc.toString().substring("ws".length())).resolve("status");
    }

    public static boolean isServed(TokenlyServer server) {
        try {
            return get(server.status()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpResponse<String> get(URI status) throws IOException {
        try {
            return CLIENT.send(
                    HttpRequest.newBuilder(status).timeout(ANSWER_LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while /status was asked");
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
