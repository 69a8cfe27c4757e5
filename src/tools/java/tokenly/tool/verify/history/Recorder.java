package tokenly.tool.verify.history;

/** Writes what happens into a {@link History}, a method for each {@link EventKind}. Thread-safe. */
public final class Recorder {

    private final History history;

    public Recorder(History history) {
        this.history = history;
    }

    /** {@code to} is a session, or {@link Event#ALL}. */
    public void sent(int seat, long number, int to) {
        history.add(EventKind.SENT, seat, number, to, 0);
    }

    /** {@code to} is a session, or {@link Event#ALL}. */
    public void failed(int seat, long number, int to, Reason reason) {
        history.add(EventKind.FAILED, seat, number, to, number(reason));
    }

    public void delivered(int seat, int from, long number) {
        history.add(EventKind.DELIVERED, seat, from, number, 0);
    }

    /** The program was given what cannot have been sent. */
    public void deliveredNonsense(int seat) {
        history.add(EventKind.DELIVERED, seat, Event.NOBODY, 0, 0);
    }

    public void peer(int seat, int session, PeerChange change) {
        history.add(EventKind.PEER, seat, session, number(change), 0);
    }

    public void takenOver(int seat) {
        history.add(EventKind.TAKEN_OVER, seat, 0, 0, 0);
    }

    public void ended(int seat, Reason reason) {
        history.add(EventKind.ENDED, seat, 0, 0, number(reason));
    }

    public void left(int seat) {
        history.add(EventKind.LEFT, seat, 0, 0, 0);
    }

    public void opened(int seat, long connection) {
        history.add(EventKind.OPENED, seat, connection, 0, 0);
    }

    public void closed(int seat, long connection, int code) {
        history.add(EventKind.CLOSED, seat, connection, code, 0);
    }

    public void createAsked(int seat, long connection) {
        history.add(EventKind.CREATE_ASKED, seat, connection, 0, 0);
    }

    public void resumeAsked(int seat, long connection, long received, long sent) {
        history.add(EventKind.RESUME_ASKED, seat, connection, received, sent);
    }

    public void created(int seat, long connection, int epoch) {
        history.add(EventKind.CREATED, seat, connection, epoch, 0);
    }

    public void resumed(int seat, long connection, long received, long last) {
        history.add(EventKind.RESUMED, seat, connection, received, last);
    }

    public void reset(int seat, long connection, int epoch, Reason reason) {
        history.add(EventKind.RESET, seat, connection, epoch, number(reason));
    }

    public void gone(int seat, long connection) {
        history.add(EventKind.GONE, seat, connection, 0, 0);
    }

    public void denied(int seat, long connection, Reason reason) {
        history.add(EventKind.DENIED, seat, connection, 0, number(reason));
    }

    public void out(int seat, long connection, long seq) {
        history.add(EventKind.OUT, seat, connection, seq, 0);
    }

    public void in(int seat, long connection, long seq) {
        history.add(EventKind.IN, seat, connection, seq, 0);
    }

    public void acked(int seat, long connection, long received) {
        history.add(EventKind.ACKED, seat, connection, received, 0);
    }

    public void ack(int seat, long connection, long received) {
        history.add(EventKind.ACK, seat, connection, received, 0);
    }

    public void lateResume(int seat, int closeCode) {
        history.add(EventKind.LATE_RESUME, seat, closeCode, 0, 0);
    }

    public void faultBegan(int number) {
        history.add(EventKind.FAULT_BEGAN, number, 0, 0, 0);
    }

    public void faultEnded(int number) {
        history.add(EventKind.FAULT_ENDED, number, 0, 0, 0);
    }

    public void serverStopping() {
        history.add(EventKind.SERVER_STOPPING, Event.NOBODY, 0, 0, 0);
    }

    public void serverStopped() {
        history.add(EventKind.SERVER_STOPPED, Event.NOBODY, 0, 0, 0);
    }

    public void serverKilled() {
        history.add(EventKind.SERVER_KILLED, Event.NOBODY, 0, 0, 0);
    }

    /** {@code wasCleaning} says that its store was being cleaned up when it was killed. */
    public void serverStarted(boolean wasCleaning) {
        history.add(EventKind.SERVER_STARTED, Event.NOBODY, wasCleaning ? 1 : 0, 0, 0);
    }

    /** {@code askedMicros} is the time of the history when the question went out. */
    public void status(State state, int activeSessions, long askedMicros) {
        history.add(EventKind.STATUS, Event.NOBODY, number(state), activeSessions, askedMicros);
    }

    public void settled() {
        history.add(EventKind.SETTLED, Event.NOBODY, 0, 0, 0);
    }

    @SuppressWarnings("EnumOrdinal") // written and read by one program, and never kept
    private static long number(Enum<?> value) {
        return value.ordinal();
    }
}
