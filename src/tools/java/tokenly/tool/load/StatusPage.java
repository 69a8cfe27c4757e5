package tokenly.tool.load;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tokenly.tool.Polling;
import tokenly.tool.server.JsonDocument;

/** Asks a server's {@code /status}. Not thread-safe. */
public final class StatusPage {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final HttpRequest question;

    /** Version 1.1, because 2 would offer an upgrade that the servers do not take. */
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public StatusPage(URI url) {
        this.question = HttpRequest.newBuilder(url).timeout(ANSWER_LIMIT).build();
    }

    /** Where the status of the server is whose {@code /rtc} that is: beside it. */
    public static URI beside(URI rtc) {
        return URI.create("http" + rtc.toString().substring("ws".length())).resolve("status");
    }

    /** What it says now. */
    public ServerStatus ask() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(question, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(question.uri() + " answered HTTP " + answer.statusCode());
        }
        return read(answer.body());
    }

    private ServerStatus read(String body) throws IOException {
        try {
            JsonDocument status = JsonDocument.parse(body);
            if (status.get("state") instanceof String state
                    && status.get("active_sessions") instanceof BigDecimal sessions) {
                return new ServerStatus(state, sessions.intValueExact());
            }
        } catch (IllegalArgumentException | ArithmeticException none) {
            throw new IOException(question.uri() + " answered no status", none);
        }
        throw new IOException(question.uri() + " answered no status");
    }

    /** Asks until it says what is expected or {@code limit} is over; returns the last answer, null if none came. */
    @Nullable
    ServerStatus await(Expectation expected, Duration limit) {
        AtomicReference<@Nullable ServerStatus> last = new AtomicReference<>();
        Polling.until(limit, () -> {
            ServerStatus answer = askIfItAnswers();
            last.set(answer);
            return answer != null && expected.isMetBy(answer);
        });
        return last.get();
    }

    /** What it says now; null if it does not answer. */
    public @Nullable ServerStatus askIfItAnswers() {
        try {
            return ask();
        } catch (IOException silent) {
            return null; // for the caller to judge
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
