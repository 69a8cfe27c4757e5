package tokenly.tool.verify.schedule;

import java.time.Duration;
import java.util.List;

/**
 * One fault of a schedule.
 *
 * @param number its place in the schedule, from 0
 * @param at when it begins
 * @param lasts until it is taken back; zero for what happens in a moment
 * @param sessions to whom it happens
 */
public record FaultEvent(int number, FaultKind kind, Duration at, Duration lasts, List<Integer> sessions) {

    public FaultEvent {
        sessions = List.copyOf(sessions);
    }

    public boolean touches(int session) {
        return sessions.contains(session);
    }

    Duration ends() {
        return at.plus(lasts);
    }

    @Override
    public String toString() {
        String whom = sessions.size() == 1 ? "s" + sessions.get(0) : sessions.size() + " sessions";
        return "#" + number + " " + kind + " of " + whom;
    }
}
