package tokenly.session;

/** Why a session began a new epoch (PROTOCOL.md, "Resuming"). */
public enum ResetReason {
    /** Another instance than the one that held it has the session now. */
    NEW_INSTANCE,
    /** Its client created it again instead of resuming it. */
    CREATED_ANEW,
    /** Its client came back with numbers of another epoch. */
    EPOCH,
    /** The log has lost its end: its client has processed, or was acknowledged, what this server does not have. */
    STORE_WENT_BACK,
    /** Its client asks for what it has acknowledged before, or knows less of what it sent than the server. */
    CLIENT_BEHIND,
    /** Its mailbox passed its bounds. */
    OVERFLOW
}
