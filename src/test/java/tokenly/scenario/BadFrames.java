package tokenly.scenario;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Text frames that PROTOCOL.md refuses, each with the error code of the answer. SENDER is the session that sends, OTHER
 * another one of its ROOM.
 */
final class BadFrames {

    private BadFrames() {}

    static List<Arguments> all() {
        return List.of(
                // not JSON
                arguments("hello", "bad-json"),
                arguments("", "bad-json"),
                arguments("{", "bad-json"),
                arguments("{\"type\":\"ping\"", "bad-json"),
                arguments("{\"type\":\"ping\"} {}", "bad-json"),
                arguments("{\"type\":\"ping\",}", "bad-json"),
                arguments("{'type':'ping'}", "bad-json"),
                arguments("{type:\"ping\"}", "bad-json"),
                arguments("{\"type\":\"ping\" /* no */}", "bad-json"),
                arguments("{\"type\":\"ping\",\"id\":NaN}", "bad-json"),
                arguments("{\"type\":\"ping\",\"id\":01}", "bad-json"),
                arguments("{\"type\":\"ping\",\"id\":\"\u0001\"}", "bad-json"),
                arguments("{\"type\":\"ping\",\"id\":\"\\ud8\"}", "bad-json"),

                // JSON, but not a frame
                arguments("[]", "bad-frame"),
                arguments("[{\"type\":\"ping\"}]", "bad-frame"),
                arguments("\"ping\"", "bad-frame"),
                arguments("null", "bad-frame"),
                arguments("1e1000000000", "bad-frame"),
                arguments("{}", "bad-frame"),
                arguments("{\"session_id\":\"SENDER\"}", "bad-frame"),
                arguments("{\"type\":1}", "bad-frame"),
                arguments("{\"type\":null}", "bad-frame"),
                arguments("{\"type\":[\"ping\"]}", "bad-frame"),
                arguments("{\"type\":\"ping\",\"type\":\"ping\"}", "bad-frame"),
                arguments("{\"type\":\"ping\",\"id\":1,\"\\u0069d\":1}", "bad-frame"),

                // a field missing, twice or of the wrong kind
                arguments("{\"type\":\"create-peer\",\"room_id\":\"ROOM\"}", "bad-frame"),
                arguments("{\"type\":\"create-peer\",\"session_id\":\"SENDER\"}", "bad-frame"),
                arguments("{\"type\":\"create-peer\",\"session_id\":1,\"room_id\":\"ROOM\"}", "bad-frame"),
                arguments("{\"type\":\"create-peer\",\"session_id\":1e1000000000,\"room_id\":\"ROOM\"}", "bad-frame"),
                arguments("{\"type\":\"create-peer\",\"session_id\":\"carol\",\"room_id\":1e1000000000}", "bad-frame"),
                arguments("{\"type\":\"create-peer\",\"session_id\":\"carol\",\"room_id\":{}}", "bad-frame"),
                arguments("{\"type\":\"create-peer\",\"session_id\":null,\"room_id\":\"ROOM\"}", "bad-frame"),
                arguments(
                        "{\"type\":\"create-peer\",\"session_id\":\"carol\",\"session_id\":\"dave\",\"room_id\":\"ROOM\"}",
                        "bad-frame"),
                arguments("{\"type\":\"destroy-peer\"}", "bad-frame"),
                arguments("{\"type\":\"destroy-peer\",\"session_id\":[\"SENDER\"]}", "bad-frame"),
                arguments("{\"type\":\"message\",\"to\":\"OTHER\"}", "bad-frame"),
                arguments("{\"type\":\"message\",\"session_id\":true,\"to\":\"OTHER\"}", "bad-frame"),
                arguments("{\"type\":\"message\",\"session_id\":\"SENDER\",\"to\":1}", "bad-frame"),
                arguments("{\"type\":\"message\",\"session_id\":\"SENDER\",\"to\":null}", "bad-frame"),
                arguments("{\"type\":\"message\",\"session_id\":\"SENDER\",\"to\":[\"OTHER\"]}", "bad-frame"),
                arguments("{\"type\":\"message\",\"session_id\":\"SENDER\",\"x\":1,\"x\":2}", "bad-frame"),
                arguments("{\"type\":\"offer\",\"session_id\":\"SENDER\",\"from\":\"OTHER\"}", "bad-frame"),
                arguments("{\"type\":\"offer\",\"session_id\":\"SENDER\",\"fr\\u006fm\":\"OTHER\"}", "bad-frame"),
                arguments("{\"type\":\"answer\",\"session_id\":\"SENDER\",\"seq\":1}", "bad-frame"),
                arguments("{\"type\":\"message\",\"session_id\":\"SENDER\",\"source\":null}", "bad-frame"),

                // no such type
                arguments("{\"type\":\"fly\"}", "unknown-type"),
                arguments("{\"type\":\"\"}", "unknown-type"),
                arguments("{\"type\":\"PING\"}", "unknown-type"),
                arguments("{\"type\":\"__proto__\"}", "unknown-type"),
                arguments("{\"type\":\"peer-left\",\"session_id\":\"OTHER\",\"peer\":\"SENDER\"}", "unknown-type"),

                // ids
                badId(""),
                badId("x".repeat(129)),
                badId("__proto__"),
                badId("\\u005f_proto__"),
                badId("a\\u0000"),
                badId("a\\nb"),
                badId("\\u007f"),
                badId("\\u0085"),
                badId("\\ud800"),
                badId("a\\udc00b"),
                badId("\\udc00\\ud800"),
                arguments(
                        "{\"type\":\"create-peer\",\"session_id\":\"carol\",\"room_id\":\"" + "x".repeat(129) + "\"}",
                        "bad-id"),
                arguments("{\"type\":\"create-peer\",\"session_id\":\"carol\",\"room_id\":\"\"}", "bad-id"),
                arguments("{\"type\":\"message\",\"session_id\":\"SENDER\",\"to\":\"__proto__\"}", "bad-id"),
                arguments("{\"type\":\"destroy-peer\",\"session_id\":\"\"}", "bad-id"),

                // sessions of others, and of nobody
                arguments("{\"type\":\"destroy-peer\",\"session_id\":\"OTHER\"}", "unknown-session"),
                arguments("{\"type\":\"destroy-peer\",\"session_id\":\"nobody\"}", "unknown-session"),
                arguments("{\"type\":\"message\",\"session_id\":\"OTHER\",\"to\":\"SENDER\"}", "unknown-session"),
                arguments("{\"type\":\"message\",\"session_id\":\"OTHER\"}", "unknown-session"),
                arguments("{\"type\":\"offer\",\"session_id\":\"nobody\",\"to\":\"OTHER\"}", "unknown-session"));
    }

    private static Arguments badId(String id) {
        return arguments("{\"type\":\"create-peer\",\"session_id\":\"" + id + "\",\"room_id\":\"ROOM\"}", "bad-id");
    }
}
