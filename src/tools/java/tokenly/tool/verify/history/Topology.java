package tokenly.tool.verify.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part. Sessions are numbered from 0, and sit in rooms one after the other. A seat is one instance's side of one
 * session: each session has one when it begins, and one more for each instance that takes it over. Thread-safe.
 */
public final class Topology {

    private final int sessions;
    private final int roomsOf;
    private final List<Integer> sessionOfSeat = new ArrayList<>(); // guarded by this

    /**
     * One seat for each session, of the session's number.
     *
     * @param roomsOf sessions in each room; the last one may hold fewer
     */
    public Topology(int sessions, int roomsOf) {
        this.sessions = sessions;
        this.roomsOf = roomsOf;
        for (int session = 0; session < sessions; session++) {
            sessionOfSeat.add(session);
        }
    }

    public int sessions() {
        return sessions;
    }

    public int rooms() {
        return (sessions + roomsOf - 1) / roomsOf;
    }

    public int room(int session) {
        return session / roomsOf;
    }

    /** The sessions of {@code room}. */
    public List<Integer> sessionsIn(int room) {
        List<Integer> members = new ArrayList<>();
        for (int session = room * roomsOf; session < Math.min(sessions, (room + 1) * roomsOf); session++) {
            members.add(session);
        }
        return members;
    }

    /** One more instance has a side of {@code session}. */
    public synchronized int addSeat(int session) {
        sessionOfSeat.add(session);
        return sessionOfSeat.size() - 1;
    }

    public synchronized int seats() {
        return sessionOfSeat.size();
    }

    public synchronized int session(int seat) {
        return sessionOfSeat.get(seat);
    }

    /** The seats of {@code session}, the oldest first. */
    public synchronized List<Integer> seatsOf(int session) {
        List<Integer> seats = new ArrayList<>();
        for (int seat = 0; seat < sessionOfSeat.size(); seat++) {
            if (sessionOfSeat.get(seat) == session) {
                seats.add(seat);
            }
        }
        return seats;
    }

    /** For people: {@code s3} for session 3, {@code s3'} for its second seat. */
    public String name(int seat) {
        int session = session(seat);
        return "s" + session + "'".repeat(seatsOf(session).indexOf(seat));
    }

    @Override
    public String toString() {
        return sessions + " sessions in " + rooms() + " rooms";
    }
}
