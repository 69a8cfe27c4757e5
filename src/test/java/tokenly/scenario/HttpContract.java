package tokenly.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every HTTP answer is like, on any server: its headers, its errors, and what becomes of one that its client does not await. */
abstract class HttpContract extends ResumableContract {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final int READ_LIMIT_MILLIS = 30_000;

    /** Of a client that goes away: so many that most are still to be answered then. */
    private static final int PIPELINED = 2_000;

    @Test
    void theStartEndsWithTheAddress() {
        await().untilAsserted(() ->
                assertThat(server().log()).contains("Tokenly is ready: http://localhost:" + server().port() + "/"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /index.html, 200",
        "GET, /call.html, 200",
        "GET, /lab.html, 200",
        "GET, /lib/tokenly.js, 200",
        "GET, /vendor/qrcode-generator/qrcode.js, 200",
        "GET, /css/lab.css, 200",
        "GET, /status, 200",
        "GET, /info, 200",
        "GET, /nothing, 404",
        "GET, /lib/, 404",
        "GET, /rtc, 404",
        "GET, /status/nothing, 404",
        "POST, /status, 405",
        "GET, /info/nothing, 404",
        "POST, /info, 405"
    })
    void everyAnswerTellsABrowserWhatItMustNotDo(String method, String path, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = ask(method, path);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(answer.headers().firstValue("Permissions-Policy"))
                .contains("camera=(self), microphone=(self), display-capture=(self)");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
                .as("only by TLS")
                .isEmpty();
        assertThat(answer.headers().firstValue("Server").orElse("")).doesNotContainPattern("[0-9]");
    }

    @Test
    void aRefusedHandshakeHasTheSameHeaders() throws IOException {
        String head = headOf("""
                GET /rtc HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 12\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """);
        assertThat(head).startsWith("HTTP/1.1 4");
        assertThat(head).contains("\r\nX-Content-Type-Options: nosniff\r\n", "frame-ancestors 'none'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/lib/",
                "/lab/",
                "/call/",
                "/start/",
                "/common/",
                "/css/",
                "/lib/;a=b",
                "/WEB-INF/",
                "/WEB-INF/web.xml",
                "/error"
            })
    void noDirectoryIsListedAndNothingHiddenIsServed(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain(".js", ".css", "web-app");
    }

    @Test
    void theRootIsThePage() throws IOException, InterruptedException {
        assertThat(ask("GET", "/").body()).contains("<title>Tokenly</title>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/nothing/below/nothing", "/lib/nothing.js", "/statusquo", "/information"})
    void anErrorIsAPageInBothLanguagesThatNamesNoServer(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", path);
        assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                .isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(answer.body()).contains("There is nothing at this address.", "이 주소에는 아무것도 없습니다.");
        assertThat(answer.body()).doesNotContainPattern("(?i)jetty|payara|glassfish|exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/info", "/lib/tokenly.js"})
    void pagesOfAnyOriginMayReadWhatIsPublic(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = ask("GET", path, "Origin", "https://app.example.org");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        HttpResponse<String> preflight =
                ask("OPTIONS", path, "Origin", "https://app.example.org", "Access-Control-Request-Method", "GET");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET, HEAD");
        assertThat(ask("GET", "/", "Origin", "https://app.example.org")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void modulesAreScriptsThatABrowserChecksAgain() throws IOException, InterruptedException {
        HttpResponse<String> module = ask("GET", "/lib/tokenly.js");
        assertThat(module.headers().firstValue("Content-Type").orElse("")).matches("(text|application)/javascript.*");
        assertThat(module.headers().firstValue("Cache-Control")).contains("no-cache");
        String modified = module.headers().firstValue("Last-Modified").orElseThrow();
        assertThat(ask("GET", "/lib/tokenly.js", "If-Modified-Since", modified).statusCode())
                .isEqualTo(304);
    }

    @Test
    void theInfoNamesWhatIsMissing() throws IOException, InterruptedException {
        HttpResponse<String> info = ask("GET", "/info");
        assertThat(info.body()).isEqualTo("{\"turn\":false,\"stun\":false,\"token\":false}");
        assertThat(info.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(info.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(ask("GET", "/info/nothing").body()).contains("\"code\":\"not-found\"");
    }

    @Test
    void anErrorBelowStatusIsJson() throws IOException, InterruptedException {
        HttpResponse<String> missing = ask("GET", "/status/nothing");
        assertThat(missing.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(missing.body())
                .isEqualTo("{\"error\":{\"code\":\"not-found\",\"message\":\"There is nothing at this address.\"}}");
        HttpResponse<String> refused = ask("POST", "/status");
        assertThat(refused.headers().firstValue("Allow").orElse("")).contains("GET");
        assertThat(refused.body()).contains("\"code\":\"method-not-allowed\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/lib/tokenly.js"})
    void aClientThatGoesAwayLeavesNothingInTheLog(String path) throws IOException, InterruptedException {
        int before = server().log().length();
        for (int i = 0; i < 10; i++) {
            askAndGoAway(path);
        }
        assertThat(ask("GET", "/status").statusCode()).isEqualTo(200);
        assertThat(server().log().substring(before)).doesNotContainPattern("SEVERE|WARN|ERROR|Exception");
    }

    /** Returns while most answers are still to come, with a reset in place of a close. */
    private void askAndGoAway(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (Socket socket = connectTcp()) {
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request.repeat(PIPELINED).getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private String headOf(String request) throws IOException {
        try (Socket socket = connectTcp()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("%s", head).isNotNegative();
                head.append((char) next);
            }
            return head.toString();
        }
    }

    private Socket connectTcp() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server().port());
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        return socket;
    }

    /** @param headers names and values in turn */
    private HttpResponse<String> ask(String method, String path, String... headers)
            throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + server().port() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
