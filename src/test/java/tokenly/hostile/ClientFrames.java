package tokenly.hostile;

import java.util.List;

/** Frames of a resumable client, as PROTOCOL.md has them. Ids are put in as they are. */
final class ClientFrames {

    /** A key that fits the form; attackers need no better one. */
    static final String KEY = "k".repeat(43);

    /** One session that a client resumes, as it stands in {@code resume}. */
    record Entry(String session, String key, String epoch, long received, long sent, long acked) {

        /** One that has sent and received nothing. */
        Entry(String session, String key, String epoch) {
            this(session, key, epoch, 0, 0, 0);
        }

        String json() {
            return "{\"session_id\":\"" + session + "\",\"resume_key\":\"" + key + "\",\"epoch\":\"" + epoch
                    + "\",\"received\":" + received + ",\"sent\":" + sent + ",\"acked\":" + acked
                    + "}";
        }
    }

    private ClientFrames() {}

    static String create(String session, String room) {
        return create(session, room, KEY, "attacker", 1);
    }

    static String create(String session, String room, String key, String instance, int attempt) {
        return "{\"type\":\"create-peer\",\"session_id\":\"" + session + "\",\"room_id\":\"" + room
                + "\",\"resume_key\":\"" + key + "\",\"instance\":\"" + instance + "\",\"attempt\":" + attempt + "}";
    }

    /** As a plain client creates one. */
    static String createPlain(String session, String room) {
        return "{\"type\":\"create-peer\",\"session_id\":\"" + session + "\",\"room_id\":\"" + room + "\"}";
    }

    static String leave() {
        return "{\"type\":\"leave\"}";
    }

    static String destroy(String session) {
        return "{\"type\":\"destroy-peer\",\"session_id\":\"" + session + "\"}";
    }

    /** @param fields further ones, as JSON without the braces */
    static String message(String session, String to, long seq, String fields) {
        return "{\"type\":\"message\",\"session_id\":\"" + session + "\",\"to\":\"" + to + "\",\"seq\":" + seq + ","
                + fields + "}";
    }

    /** A message to all others in the room. */
    static String broadcast(String session, long seq, String fields) {
        return "{\"type\":\"message\",\"session_id\":\"" + session + "\",\"seq\":" + seq + "," + fields + "}";
    }

    static String ack(String session, long seq) {
        return "{\"type\":\"ack\",\"received\":{\"" + session + "\":" + seq + "}}";
    }

    static String resume(String instance, int attempt, List<Entry> sessions) {
        return "{\"type\":\"resume\",\"instance\":\"" + instance + "\",\"attempt\":" + attempt + ",\"sessions\":["
                + String.join(",", sessions.stream().map(Entry::json).toList()) + "]}";
    }

    static String ping() {
        return "{\"type\":\"ping\"}";
    }
}
