package tokenly.tool;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tokenly.client.Signal;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;
import tokenly.protocol.IdRule;
import tokenly.tool.text.UsageException;

/** The options of {@code tokenly token} that say what its owner may do: the claim {@code tokenly} (docs/tokens.md). */
final class TokenGrants {

    @Option(names = "--room", paramLabel = "ROOM", description = "${bundle:token_room_option}")
    private @Nullable String room;

    @Option(names = "--room-prefix", paramLabel = "TEXT", description = "${bundle:token_room_prefix_option}")
    private @Nullable String roomPrefix;

    @Option(names = "--session", paramLabel = "ID", description = "${bundle:token_session_option}")
    private @Nullable String session;

    @Option(names = "--session-prefix", paramLabel = "TEXT", description = "${bundle:token_session_prefix_option}")
    private @Nullable String sessionPrefix;

    @Option(names = "--send", paramLabel = "TYPE,...", description = "${bundle:token_send_option}")
    private String send = "all";

    @Option(names = "--to", paramLabel = "ID,...", split = ",", description = "${bundle:token_to_option}")
    private List<String> to = List.of();

    @Option(names = "--no-list", description = "${bundle:token_no_list_option}")
    private boolean seesNobody;

    @Option(names = "--hidden", description = "${bundle:token_hidden_option}")
    private boolean isHidden;

    @Option(names = "--gateway", description = "${bundle:token_gateway_option}")
    private boolean isGateway;

    @Option(names = "--admin", description = "${bundle:token_admin_option}")
    private boolean isAdmin;

    Optional<String> session() {
        return Optional.ofNullable(session);
    }

    /** @throws UsageException if they grant nothing, or make no sense */
    JsonObject claim() {
        if (room == null && roomPrefix == null && !isAdmin) {
            throw new UsageException("token_without_room");
        }
        Map<String, Json> grants = new LinkedHashMap<>();
        id("--room", room).ifPresent(id -> grants.put("room", id));
        text(roomPrefix).ifPresent(prefix -> grants.put("roomPrefix", prefix));
        id("--session", session).ifPresent(id -> grants.put("session", id));
        text(sessionPrefix).ifPresent(prefix -> grants.put("sessionPrefix", prefix));
        sending().ifPresent(what -> grants.put("send", what));
        flag(grants, seesNobody, "list", false);
        flag(grants, isHidden, "hidden", true);
        flag(grants, isGateway, "gateway", true);
        flag(grants, isAdmin, "admin", true);
        return JsonObject.of(grants);
    }

    private static void flag(Map<String, Json> grants, boolean isGiven, String name, boolean value) {
        if (isGiven) {
            grants.put(name, new Json.Truth(value));
        }
    }

    /** Empty where it may send all. */
    private Optional<Json> sending() {
        if (send.equals("none")) {
            if (!to.isEmpty()) {
                throw new UsageException("to_without_send");
            }
            return Optional.of(new Json.Truth(false));
        }
        Map<String, Json> limits = new LinkedHashMap<>();
        if (!send.equals("all")) {
            limits.put("types", texts(types()));
        }
        if (!to.isEmpty()) {
            to.forEach(peer -> id("--to", peer));
            limits.put("to", texts(to));
        }
        return limits.isEmpty() ? Optional.empty() : Optional.of(JsonObject.of(limits));
    }

    private List<String> types() {
        List<String> known =
                Arrays.stream(Signal.Kind.values()).map(Signal.Kind::wireName).toList();
        List<String> named =
                Arrays.stream(send.split(",", -1)).map(String::strip).distinct().toList();
        if (!known.containsAll(named)) {
            throw new UsageException("bad_send", send, String.join(", ", known));
        }
        return named;
    }

    static Optional<Json> id(String option, @Nullable String id) {
        try {
            return text(id == null ? null : IdRule.check(id));
        } catch (IllegalArgumentException bad) {
            throw new UsageException("bad_token_id", option, String.valueOf(id), String.valueOf(bad.getMessage()));
        }
    }

    static Optional<Json> text(@Nullable String text) {
        return Optional.ofNullable(text).map(Json.Text::new);
    }

    private static Json texts(List<String> texts) {
        return new Json.Array(texts.stream().<Json>map(Json.Text::new).toList());
    }
}
