package tokenly.tool.verify.history;

/** Writes what happens into a {@link History}, a method for each {@link EventKind}. Thread-safe. */
public final class Recorder {

    private final History history;

    public Recorder(History history) {
        this.history = history;
    }

    /** {@code to} is a session, or {@link Event#ALL}. */
    public void sent(int instance, long number, int to) {
        history.add(EventKind.SENT, instance, number, to, 0);
    }

    /** {@code to} is a session, or {@link Event#ALL}. */
    public void failed(int instance, long number, int to, Reason reason) {
        history.add(EventKind.FAILED, instance, number, to, number(reason));
    }

    public void delivered(int instance, int from, long number) {
        history.add(EventKind.DELIVERED, instance, from, number, 0);
    }

    /** The program was given what cannot have been sent. */
    public void deliveredNonsense(int instance) {
        history.add(EventKind.DELIVERED, instance, Event.NOBODY, 0, 0);
    }

    public void peer(int instance, int session, PeerChange change) {
        history.add(EventKind.PEER, instance, session, number(change), 0);
    }

    public void takenOver(int instance) {
        history.add(EventKind.TAKEN_OVER, instance, 0, 0, 0);
    }

    public void ended(int instance, Reason reason) {
        history.add(EventKind.ENDED, instance, 0, 0, number(reason));
    }

    public void leaves(int instance) {
        history.add(EventKind.LEAVES, instance, 0, 0, 0);
    }

    public void left(int instance) {
        history.add(EventKind.LEFT, instance, 0, 0, 0);
    }

    public void opened(int instance, long connection) {
        history.add(EventKind.OPENED, instance, connection, 0, 0);
    }

    public void closed(int instance, long connection, int code) {
        history.add(EventKind.CLOSED, instance, connection, code, 0);
    }

    public void createAsked(int instance, long connection) {
        history.add(EventKind.CREATE_ASKED, instance, connection, 0, 0);
    }

    public void resumeAsked(int instance, long connection, long received, long sent) {
        history.add(EventKind.RESUME_ASKED, instance, connection, received, sent);
    }

    public void created(int instance, long connection, int epoch) {
        history.add(EventKind.CREATED, instance, connection, epoch, 0);
    }

    public void resumed(int instance, long connection, long received, long last) {
        history.add(EventKind.RESUMED, instance, connection, received, last);
    }

    public void reset(int instance, long connection, int epoch, Reason reason) {
        history.add(EventKind.RESET, instance, connection, epoch, number(reason));
    }

    public void gone(int instance, long connection) {
        history.add(EventKind.GONE, instance, connection, 0, 0);
    }

    public void denied(int instance, long connection, Reason reason) {
        history.add(EventKind.DENIED, instance, connection, 0, number(reason));
    }

    public void out(int instance, long connection, long seq) {
        history.add(EventKind.OUT, instance, connection, seq, 0);
    }

    public void in(int instance, long connection, long seq) {
        history.add(EventKind.IN, instance, connection, seq, 0);
    }

    public void acked(int instance, long connection, long received) {
        history.add(EventKind.ACKED, instance, connection, received, 0);
    }

    public void ack(int instance, long connection, long received) {
        history.add(EventKind.ACK, instance, connection, received, 0);
    }

    public void lateResume(int instance, int closeCode) {
        history.add(EventKind.LATE_RESUME, instance, closeCode, 0, 0);
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

    public void visitorsCame(int count) {
        history.add(EventKind.VISITORS_CAME, Event.NOBODY, count, 0, 0);
    }

    public void visitorsLeft(int count) {
        history.add(EventKind.VISITORS_LEFT, Event.NOBODY, count, 0, 0);
    }

    public void settled() {
        history.add(EventKind.SETTLED, Event.NOBODY, 0, 0, 0);
    }

    @SuppressWarnings("EnumOrdinal") // written and read by one program, and never kept
    private static long number(Enum<?> value) {
        return value.ordinal();
    }
}
