package tokenly.tool.faults;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.UsageException;

/**
 * Steers a {@link FaultProxy} over HTTP: {@code GET /faults}, {@code POST /faults}, {@code DELETE /faults/NAME}, {@code POST
 * /reset} and {@code GET /connections}. Any program that reaches the port may use it, so it belongs on the loopback. Of web pages, only
 * those of this machine may ({@code Origin} is {@code localhost}, {@code 127.0.0.1} or {@code [::1]}, on any port); they get the headers
 * of CORS. Errors are {@code {"error":"..."}}.
 */
public final class FaultApi implements AutoCloseable {

    private static final int BODY_LIMIT_BYTES = 64 * 1024;
    /** As a browser writes it (RFC 6454, section 6.2): without a user, a path and an upper-case letter. */
    private static final Predicate<String> OWN_ORIGIN = Pattern.compile(
                    "https?://(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?")
            .asMatchPredicate();

    private final FaultProxy proxy;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    /** An answer; without a body where {@code json} is empty. */
    private record Answer(int status, String json) {

        Answer(int status, JsonLine json) {
            this(status, json.toString());
        }

        static Answer error(int status, String message) {
            return new Answer(status, new JsonLine().with("error", message));
        }
    }

    private FaultApi(FaultProxy proxy, HttpServer server) {
        this.proxy = proxy;
        this.server = server;
    }

    /**
     * Serves it.
     *
     * @param address port 0 takes a free one
     * @throws IOException if the port is taken
     */
    public static FaultApi start(FaultProxy proxy, InetSocketAddress address) throws IOException {
        FaultApi api = new FaultApi(proxy, HttpServer.create(address, 0));
        api.server.createContext("/", api::serve);
        api.server.setExecutor(api.threads);
        api.server.start();
        return api;
    }

    public InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        List<String> origins = exchange.getRequestHeaders().getOrDefault("Origin", List.of());
        if (!origins.stream().allMatch(OWN_ORIGIN)) {
            return Answer.error(403, "web pages of other machines may not steer this proxy");
        }
        if (origins.size() == 1) {
            allow(origins.get(0), exchange.getResponseHeaders());
            if (exchange.getRequestMethod().equals("OPTIONS")) {
                return new Answer(204, "");
            }
        }
        try {
            byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT_BYTES);
            String path = exchange.getRequestURI().getPath();
            return answer(exchange.getRequestMethod(), path, new String(body, StandardCharsets.UTF_8));
        } catch (UsageException complaint) {
            return Answer.error(400, String.valueOf(complaint.getMessage()));
        } catch (UncheckedIOException failed) {
            return Answer.error(500, String.valueOf(failed.getMessage())); // the port could not be opened again
        }
    }

    /** Tells the browser that a page may read the answer, and what it may ask for. */
    private static void allow(String origin, Headers answer) {
        answer.set("Access-Control-Allow-Origin", origin);
        answer.set("Access-Control-Allow-Methods", "GET, POST, DELETE");
        answer.set("Access-Control-Allow-Headers", "Content-Type");
        answer.set("Vary", "Origin");
    }

    private Answer answer(String method, String path, String body) {
        return switch (method + " " + path) {
            case "GET /faults" ->
                new Answer(
                        200,
                        new JsonLine()
                                .with(
                                        "faults",
                                        proxy.faults().stream()
                                                .map(FaultJson::of)
                                                .toList()));
            case "POST /faults" -> add(FaultDraft.read(body));
            case "POST /reset" -> {
                proxy.resetAll();
                yield new Answer(204, "");
            }
            case "GET /connections" -> connections();
            default ->
                method.equals("DELETE") && path.startsWith("/faults/")
                        ? remove(path.substring("/faults/".length()))
                        : notServed(method, path);
        };
    }

    private Answer add(Fault fault) {
        proxy.add(fault);
        return new Answer(200, FaultJson.of(fault));
    }

    private Answer remove(String name) {
        return proxy.remove(name) ? new Answer(204, "") : Answer.error(404, "no fault is called " + name);
    }

    private Answer connections() {
        return new Answer(
                200,
                FaultJson.of(proxy.counters())
                        .with(
                                "connections",
                                proxy.connections().stream().map(FaultJson::of).toList()));
    }

    private static Answer notServed(String method, String path) {
        return Answer.error(
                404,
                "there is no " + method + " " + path
                        + "; there are GET /faults, POST /faults, DELETE /faults/NAME, POST /reset and GET /connections");
    }
}
