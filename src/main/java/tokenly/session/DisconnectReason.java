package tokenly.session;

/** How a connection ended. */
public enum DisconnectReason {
    /** The client closed normally (1000): its sessions end at once. */
    LEAVING,
    /** The client said that it goes away (1001): its sessions are held for a short grace, so that a page may reload. */
    GOING_AWAY,
    /** Anything else: its sessions are held for the resume window. */
    LOST
}
