package tokenly.session;

/** Why a session ended. */
public enum EndReason {
    /** The peer destroyed it, closed its connection normally, or went away and did not come back within the grace. */
    LEFT,
    /** Its connection was lost and the resume window is over. */
    EXPIRED,
    /** It waited, and its peer created it anew in another room. */
    MOVED,
    /** Another client was given its id: one with a key, while it was a plain one that waited, or one of the same owner without its key. */
    REPLACED
}
