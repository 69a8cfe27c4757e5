package tokenly.tool.verify.history;

import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part. Sessions are numbered from 0 and fill the rooms one after the other. Instances are numbered from 0 over
 * all sessions: each session has one when it begins, and one more for each takeover and for each new owner. Thread-safe.
 */
public final class Topology {

    private final int sessions;
    private final int roomsOf;
    private final List<Integer> sessionOfInstance = new ArrayList<>(); // guarded by this

    /**
     * One instance for each session, of the session's number.
     *
     * @param roomsOf sessions in each room; the last one may hold fewer
     */
    public Topology(int sessions, int roomsOf) {
        this.sessions = sessions;
        this.roomsOf = roomsOf;
        for (int session = 0; session < sessions; session++) {
            sessionOfInstance.add(session);
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
    public synchronized int addInstance(int session) {
        sessionOfInstance.add(session);
        return sessionOfInstance.size() - 1;
    }

    public synchronized int instances() {
        return sessionOfInstance.size();
    }

    public synchronized int session(int instance) {
        return sessionOfInstance.get(instance);
    }

    /** The instances of {@code session}, the oldest first. */
    public synchronized List<Integer> instancesOf(int session) {
        List<Integer> instances = new ArrayList<>();
        for (int instance = 0; instance < sessionOfInstance.size(); instance++) {
            if (sessionOfInstance.get(instance) == session) {
                instances.add(instance);
            }
        }
        return instances;
    }

    /** For people: {@code s3} for session 3, {@code s3'} for its second instance. */
    public String name(int instance) {
        int session = session(instance);
        return "s" + session + "'".repeat(instancesOf(session).indexOf(instance));
    }

    @Override
    public String toString() {
        return sessions + " sessions in " + rooms() + " rooms";
    }
}
