package tokenly.access;

/** What a handshake gets. */
public sealed interface Entry permits Place, Entry.Refused {

    /**
     * No place.
     *
     * @param retryAfterSeconds when to come again, at least 1
     */
    record Refused(Refusal reason, long retryAfterSeconds) implements Entry {}
}
