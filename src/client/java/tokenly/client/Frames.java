package tokenly.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;
import tokenly.protocol.Utf8;

/** The frames that a client sends (PROTOCOL.md, "Client to server"), as text. */
final class Frames {

    private static final int BRACES = 2;

    private Frames() {}

    /** A signal without its number. Thread-safe. */
    record Draft(String head, String tail, int bytes) {

        /**
         * Meant for the owner that its addressee has now, unless it says by itself for which.
         *
         * @throws IllegalArgumentException if its fields nest too deep
         */
        static Draft of(String sessionId, Signal signal, Presence presence) {
            String head = "{\"type\":" + quoted(signal.kind().wireName()) + ",\"session_id\":" + quoted(sessionId)
                    + addressee(signal, presence) + ",\"seq\":";
            String fields = signal.fields().toString();
            String tail = fields.length() == BRACES ? "}" : "," + fields.substring(1);
            return new Draft(head, tail, Utf8.length(head) + Utf8.length(tail));
        }

        private static String addressee(Signal signal, Presence presence) {
            String to = signal.to();
            if (to == null) {
                return "";
            }
            String meant = signal.namesIncarnation()
                    ? "" // it stands among the fields
                    : presence.incarnation(to)
                            .map(known -> ",\"" + Signal.TO_INCARNATION + "\":" + quoted(known))
                            .orElse("");
            return ",\"to\":" + quoted(to) + meant;
        }

        String numbered(long seq) {
            return head + seq + tail;
        }
    }

    static String createPeer(Credentials who, String instance, long attempt) {
        return JsonObject.EMPTY
                .with("type", "create-peer")
                .with("session_id", who.sessionId())
                .with("room_id", who.roomId())
                .with("resume_key", who.resumeKey())
                .with("instance", instance)
                .with("attempt", attempt)
                .toString();
    }

    /** An {@code auth} as it is shown to those who see frames. */
    static final String AUTH_SHOWN = "{\"type\":\"auth\"}";

    static String auth(String token) {
        return "{\"type\":\"auth\",\"token\":" + quoted(token) + "}";
    }

    static String destroyPeer(String sessionId) {
        return "{\"type\":\"destroy-peer\",\"session_id\":" + quoted(sessionId) + "}";
    }

    /** All sessions of the connection end. */
    static String leave() {
        return "{\"type\":\"leave\"}";
    }

    /** New credentials of the ICE servers are asked for. */
    static String iceServers(String sessionId) {
        return "{\"type\":\"ice-servers\",\"session_id\":" + quoted(sessionId) + "}";
    }

    static String ping() {
        return "{\"type\":\"ping\"}";
    }

    /** As few frames of at most {@code limit} bytes as these take in their order. */
    static List<String> resume(List<Credentials> sessions, String instance, long attempt, int limit) {
        String head =
                "{\"type\":\"resume\",\"instance\":" + quoted(instance) + ",\"attempt\":" + attempt + ",\"sessions\":[";
        return batch(head, sessions.stream().map(Frames::item).toList(), "]}", limit);
    }

    private static String item(Credentials who) {
        return "{\"session_id\":" + quoted(who.sessionId()) + ",\"resume_key\":" + quoted(who.resumeKey())
                + ",\"epoch\":" + quoted(who.epoch()) + ",\"received\":" + who.received() + ",\"sent\":" + who.sent()
                + ",\"acked\":" + who.acked() + "}";
    }

    /** As few frames of at most {@code limit} bytes as these take in their order. */
    static List<String> ack(Map<String, Long> received, int limit) {
        List<String> items = received.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                .toList();
        return batch("{\"type\":\"ack\",\"received\":{", items, "}}", limit);
    }

    private static List<String> batch(String head, List<String> items, String end, int limit) {
        List<String> frames = new ArrayList<>();
        int room = limit - Utf8.length(head) - Utf8.length(end);
        StringBuilder body = new StringBuilder();
        int bytes = 0;
        for (String item : items) {
            int more = Utf8.length(item) + 1; // and its comma
            if (bytes + more > room + 1 && bytes > 0) {
                frames.add(head + body + end);
                body.setLength(0);
                bytes = 0;
            }
            body.append(bytes == 0 ? "" : ",").append(item);
            bytes += more;
        }
        if (bytes > 0) {
            frames.add(head + body + end);
        }
        return frames;
    }

    private static String quoted(String text) {
        return new Json.Text(text).toString();
    }
}
