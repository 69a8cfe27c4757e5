package tokenly.session;

/** Why the model closes a connection; {@code socket} makes a close code of it. */
public enum CloseReason {
    /** The same instance has come back on a newer connection. */
    REPLACED,
    /** Another instance has taken over what the connection held. */
    TAKEN_OVER,
    /** What it does not read, or does not acknowledge, has become too much. */
    TOO_SLOW,
    /** The server cannot do now what was asked; the client should come again a little later. */
    BUSY
}
