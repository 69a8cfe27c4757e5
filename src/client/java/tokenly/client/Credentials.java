package tokenly.client;

/**
 * What a client needs to resume a session at this moment. Any client that has it can take the session over.
 *
 * @param sessionId name of the peer
 * @param roomId name of its room
 * @param resumeKey secret: 43 characters of base64url
 * @param epoch empty before the session was created
 * @param received the highest mailbox number that was processed, 0 for none
 * @param sent the highest number that was given to a signal, 0 for none
 * @param acked the highest number that the server has acknowledged, 0 for none
 */
public record Credentials(
        String sessionId, String roomId, String resumeKey, String epoch, long received, long sent, long acked) {

    /** Without the key. */
    @Override
    public String toString() {
        return "session " + sessionId + " in room " + roomId + ", epoch " + epoch + ", received " + received + ", sent "
                + sent + ", acked " + acked;
    }
}
