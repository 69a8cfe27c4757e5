package tokenly.tool.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultApiTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ProxiedLine line;
    private final FaultApi api;

    FaultApiTest() throws IOException {
        line = ProxiedLine.open();
        api = FaultApi.start(line.proxy(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        api.close();
        line.close();
    }

    @Test
    void faultsComeAndGo() throws Exception {
        HttpResponse<String> added = send(
                "POST",
                "/faults",
                "{\"type\":\"latency\",\"stream\":\"downstream\",\"attributes\":{\"latency\":100,\"jitter\":20}}");
        String latency = "{\"name\":\"latency_downstream\",\"type\":\"latency\",\"stream\":\"downstream\","
                + "\"attributes\":{\"latency\":100,\"jitter\":20}}";
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(added.body()).isEqualTo(latency);
        assertThat(line.proxy().faults()).hasSize(1);
        assertThat(send("GET", "/faults", "").body()).isEqualTo("{\"faults\":[" + latency + "]}");

        assertThat(send("DELETE", "/faults/latency_downstream", "").statusCode())
                .isEqualTo(204);
        assertThat(line.proxy().faults()).isEmpty();
        assertThat(send("DELETE", "/faults/latency_downstream", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aNameMayNeedEscapes() throws Exception {
        send("POST", "/faults", "{\"type\":\"down\",\"name\":\"점심 시간\"}");
        assertThat(send("DELETE", "/faults/%EC%A0%90%EC%8B%AC%20%EC%8B%9C%EA%B0%84", "")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void resetCutsAll() throws Exception {
        assertThat(send("POST", "/reset", "").statusCode()).isEqualTo(204);
        assertThat(ProxiedLine.isReset(line.client())).isTrue();
        assertThat(ProxiedLine.isReset(line.server())).isTrue();
    }

    @Test
    void connectionsAreListedWithTheirBytes() throws Exception {
        line.proxy().add(Fault.parse("downstream:blackhole"));
        line.send(Stream.UPSTREAM, new byte[3]);
        assertThat(line.receive(Stream.UPSTREAM, 3)).hasSize(3);
        line.send(Stream.DOWNSTREAM, new byte[5]);
        line.awaitHeld(Stream.DOWNSTREAM, 5);
        String bytes = "\"upstream_bytes\":3,\"upstream_held\":0,\"downstream_bytes\":0,\"downstream_held\":5";
        assertThat(send("GET", "/connections", "").body())
                .isEqualTo("{\"open\":1,\"total\":1," + bytes
                        + ",\"connections\":[{\"connection\":1,\"client\":\"127.0.0.1:"
                        + line.client().getLocalPort() + "\"," + bytes + "}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST   | /faults   | {"type":"latncy"}  | 400 | no fault 'latncy'
                    POST   | /faults   | latency=100ms      | 400 | Not a fault in JSON
                    PUT    | /faults   | {"type":"down"}    | 404 | there are GET /faults
                    GET    | /         | ''                 | 404 | there is no GET /
                    DELETE | /faults/  | ''                 | 404 | no fault is called
                    """)
    void whatIsWrongIsSaid(String method, String path, String body, int status, String error) throws Exception {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).startsWith("{\"error\":").contains(error);
        assertThat(line.proxy().faults()).isEmpty();
    }

    @Test
    void aBodyWithoutEndIsRefused() throws Exception {
        assertThat(send("POST", "/faults", " ".repeat(66_000)).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost.evil.example",
                "http://localhost:3003@evil.example",
                "http://127.0.0.2:3003",
                "file://localhost",
                ""
            })
    void webPagesOfOtherMachinesMayNotSteer(String origin) throws Exception {
        for (String method : List.of("POST", "OPTIONS")) {
            assertThat(fromPage(method, "/reset", origin))
                    .contains(" 403 ")
                    .contains("web pages")
                    .doesNotContainIgnoringCase("Access-Control");
        }
        assertThat(line.proxy().connections()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3003", "https://127.0.0.1", "http://[::1]:3004"})
    void webPagesOfThisMachineMaySteer(String origin) throws Exception {
        assertThat(fromPage("OPTIONS", "/faults/down", origin))
                .contains(" 204 ")
                .containsIgnoringCase("Access-Control-Allow-Origin: " + origin + "\r\n")
                .containsIgnoringCase("Access-Control-Allow-Methods: GET, POST, DELETE\r\n");
        assertThat(line.proxy().connections()).hasSize(1);
        assertThat(fromPage("POST", "/reset", origin))
                .contains(" 204 ")
                .containsIgnoringCase("Access-Control-Allow-Origin: " + origin + "\r\n");
        assertThat(ProxiedLine.isReset(line.client())).isTrue();
    }

    /** Java's client sends no {@code Origin}. */
    private String fromPage(String method, String path, String origin) throws IOException {
        try (Socket browser =
                new Socket(api.address().getAddress(), api.address().getPort())) {
            String head = method + " " + path + " HTTP/1.0\r\nOrigin: " + origin + "\r\n\r\n";
            browser.getOutputStream().write(head.getBytes(US_ASCII));
            return new String(browser.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + api.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString(body))
                .timeout(ProxiedLine.LIMIT)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
