package tokenly.client;

import java.util.regex.Pattern;
import tokenly.client.json.JsonObject;
import tokenly.protocol.IdRule;

/**
 * What a client needs to resume a session at this moment. Any client that has it can take the session over.
 *
 * @param sessionId name of the peer, 1 to 128 characters
 * @param roomId name of its room, 1 to 128 characters
 * @param resumeKey secret: 43 characters of base64url
 * @param epoch empty before the session was created
 * @param received the highest mailbox number that was processed, 0 for none
 * @param sent the highest number that was given to a signal, 0 for none
 * @param acked the highest number that the server has acknowledged, 0 for none; at most {@code sent}
 */
public record Credentials(
        String sessionId, String roomId, String resumeKey, String epoch, long received, long sent, long acked) {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{43}");

    /**
     * Checks all of them.
     *
     * @throws IllegalArgumentException that names what is wrong, without the key
     */
    public Credentials {
        IdRule.check(sessionId);
        IdRule.check(roomId);
        checkKey(resumeKey);
        if (epoch.length() > IdRule.MAX_LENGTH) {
            throw new IllegalArgumentException("an epoch has at most " + IdRule.MAX_LENGTH + " characters");
        }
        if (Math.min(received, acked) < 0 || acked > sent || Math.max(received, sent) > JsonObject.MAX_WHOLE) {
            throw new IllegalArgumentException("received, sent and acked are 0 to " + JsonObject.MAX_WHOLE
                    + ", and acked is at most sent, but they are " + received + ", " + sent + " and " + acked);
        }
    }

    /** @throws IllegalArgumentException if {@code resumeKey} is none */
    static void checkKey(String resumeKey) {
        if (!KEY.matcher(resumeKey).matches()) {
            throw new IllegalArgumentException("a resume key is 43 characters of base64url, this one has "
                    + resumeKey.length() + " characters or others than A-Z, a-z, 0-9, _ and -");
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "session " + sessionId + " in room " + roomId + ", epoch " + epoch + ", received " + received + ", sent "
                + sent + ", acked " + acked;
    }
}
