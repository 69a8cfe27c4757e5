package tokenly.access;

/** What a handshake gets. */
public sealed interface HandshakeResult permits Place, HandshakeResult.Refused {

    /**
     * No place.
     *
     * @param retryAfterSeconds when to come again, at least 1
     */
    record Refused(LimitHit reason, long retryAfterSeconds) implements HandshakeResult {}
}
