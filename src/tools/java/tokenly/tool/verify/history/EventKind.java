package tokenly.tool.verify.history;

/**
 * What can happen. Beside each kind stands what its event's numbers mean; {@code who} is an instance unless it says otherwise.
 * The first group is what a program sees of its client, the second what passes on the client's connections, the third what
 * happens around them.
 */
public enum EventKind {
    /** The program gave a signal to its client: a its number, b the session it is for or {@link Event#ALL}. */
    SENT,
    /** The client named a signal as lost: a its number, b for which session or {@link Event#ALL}, c the {@link Reason}. */
    FAILED,
    /** The program was given a signal: a the instance that sent it, b its number; a is {@link Event#NOBODY} for what nobody can have sent. */
    DELIVERED,
    /** The program was told of a peer: a the peer's session, b the {@link PeerChange}. */
    PEER,
    /** The program was told that another instance has the session. */
    TAKEN_OVER,
    /** The program was told that its session has ended, though it did not ask for that: c the {@link Reason}. */
    ENDED,
    /** The program asked its client to end its session. */
    LEAVES,
    /** The session that the program asked to end has ended. */
    LEFT,

    /** The connection a is open and carries the instance. */
    OPENED,
    /** The connection a is over for the instance's client, b the close code. */
    CLOSED,
    /** The client asked on connection a for a new session. */
    CREATE_ASKED,
    /** The client asked on connection a for its session; it has processed up to b and sent up to c. */
    RESUME_ASKED,
    /** On connection a a new session began, b its epoch. */
    CREATED,
    /** On connection a the session goes on: the server has up to b from it and keeps up to c for it. */
    RESUMED,
    /** On connection a the session goes on in a new epoch b, because of c, a {@link Reason}. */
    RESET,
    /** On connection a: there is no such session. */
    GONE,
    /** On connection a: the session is not to be had, because of c, a {@link Reason}. */
    DENIED,
    /** A signal went out on connection a as number b. */
    OUT,
    /** A mailbox message came in on connection a as number b. */
    IN,
    /** The server acknowledged on connection a what went out, up to b. */
    ACKED,
    /** The client acknowledged on connection a what came in, up to b. */
    ACK,
    /** A late {@code resume} of the instance was answered by close code a, 0 for anything else. */
    LATE_RESUME,

    /** {@code who} is the number of the fault that begins. */
    FAULT_BEGAN,
    /** {@code who} is the number of the fault that is over. */
    FAULT_ENDED,
    /** The server is told to stop. */
    SERVER_STOPPING,
    /** The server's process has ended in good order. */
    SERVER_STOPPED,
    /** The server's process was killed. */
    SERVER_KILLED,
    /** The server answers again; it may have done so for a moment already. a is 1 if its store was being cleaned up when it was killed. */
    SERVER_STARTED,
    /** {@code /status} answered: a its {@link State}, b its active sessions, c when it was asked, in microseconds. */
    STATUS,
    /** Plain clients come and go from now on, at most a of them at a time; {@code who} is nobody. */
    VISITORS_CAME,
    /** a of them have left for good. */
    VISITORS_LEFT,
    /** All that was under way has arrived or is named. */
    SETTLED
}
