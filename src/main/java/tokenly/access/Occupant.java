package tokenly.access;

/** The connection that has a place. Both methods return at once and may be called from any thread. */
public interface Occupant {

    /** Whether it holds no session, and has asked for none. */
    boolean isIdle();

    /** Closes it for a newcomer, to whom its place belongs already. */
    void makeRoom();
}
