package tokenly.tool.load;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import tokenly.tool.server.JsonDocument;

/** Frames of resumable clients (PROTOCOL.md), as UTF-8. */
final class ResumableFrames {

    /** A load test keeps no secrets. */
    private static final String KEY = "k".repeat(43);

    static final byte[] PING = utf8("{\"type\":\"ping\"}");

    private ResumableFrames() {}

    static byte[] leave() {
        return utf8("{\"type\":\"leave\"}");
    }

    static byte[] create(PeerAddress address, int attempt) {
        return utf8("{\"type\":\"create-peer\",\"session_id\":\"" + address.session() + "\",\"room_id\":\""
                + address.room()
                + "\",\"resume_key\":\"" + KEY + "\",\"instance\":\"" + address.session() + "\",\"attempt\":" + attempt
                + "}");
    }

    /** @param received the highest number of the mailbox, {@code sent} that of its own signals */
    static byte[] resume(PeerAddress address, int attempt, String epoch, long received, long sent) {
        return utf8("{\"type\":\"resume\",\"instance\":\"" + address.session() + "\",\"attempt\":" + attempt
                + ",\"sessions\":[{\"session_id\":\"" + address.session() + "\",\"resume_key\":\"" + KEY
                + "\",\"epoch\":\""
                + epoch + "\",\"received\":" + received + ",\"sent\":" + sent + "}]}");
    }

    static byte[] ack(String session, long received) {
        return utf8("{\"type\":\"ack\",\"received\":{\"" + session + "\":" + received + "}}");
    }

    /** The number of a mailbox message; -1 if it has none. */
    static long seq(JsonDocument frame) {
        return frame.get("seq") instanceof BigDecimal seq ? seq.longValue() : -1;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
