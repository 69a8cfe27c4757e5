package tokenly.session;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Those who have left a room, as long as another session has still to be told of it. They take memory like messages, and no more than
 * there is room for: what is forgotten, a session that comes back finds out by the list of all peers. Belongs to the executor of the room.
 */
final class Departures {

    /** A room that has seen more come and go tells those who were away by a list. */
    private static final int MOST = 128;

    /**
     * One time that a session was in the room.
     *
     * @param joined number of the room's change by which it came
     */
    private record Stay(SessionId id, long joined) {}

    /**
     * The end of one.
     *
     * @param left number of the change by which the session left
     * @param news says that it has left
     */
    private record Departure(RoomPeer peer, long joined, long left, MailboxItem news) {

        boolean isNewsSince(long missed) {
            return joined < missed && missed <= left;
        }
    }

    private final Map<Stay, Departure> departures = new LinkedHashMap<>(0);
    private long forgotten; // number of the last change that is known no more; 0 for none

    /** Notes that a session has left; once more if it is there already. */
    void add(RoomPeer peer, long joined, long left, MailboxItem news) {
        Departure before = departures.put(new Stay(peer.id(), joined), new Departure(peer, joined, left, news));
        news.added();
        if (before != null) {
            before.news.removed();
        }
        if (departures.size() > MOST) {
            forgetFirst();
        }
    }

    private void forgetFirst() {
        Iterator<Departure> oldest = departures.values().iterator();
        Departure first = oldest.next();
        oldest.remove();
        first.news.removed();
        forgotten = Math.max(forgotten, first.left);
    }

    /** Notes that a change is known no more, though a session has missed it. */
    void forget(long change) {
        forgotten = Math.max(forgotten, change);
    }

    /** Whether all are known that have left since change {@code missed}. */
    boolean isComplete(long missed) {
        return forgotten < missed;
    }

    /** What says of each that left since change {@code missed}, and was there before, that it has left. */
    Stream<MailboxItem> newsSince(long missed) {
        return departures.values().stream()
                .filter(departure -> departure.isNewsSince(missed))
                .map(Departure::news);
    }

    /** Puts those into {@code peers} that left since change {@code missed}, and were there before. */
    void takeBack(long missed, Map<SessionId, RoomPeer> peers) {
        departures.values().stream()
                .filter(departure -> departure.isNewsSince(missed))
                .forEach(departure -> peers.putIfAbsent(departure.peer.id(), departure.peer));
    }

    boolean isEmpty() {
        return departures.isEmpty();
    }

    /** Forgets those of whom all {@code members} have been told. */
    void trim(List<Session> members) {
        long[] missed = members.stream()
                .filter(member -> member.presence.isBehind())
                .mapToLong(member -> member.presence.missed())
                .distinct()
                .toArray();
        departures.values().removeIf(departure -> {
            boolean isOld = Arrays.stream(missed).noneMatch(departure::isNewsSince);
            if (isOld) {
                departure.news.removed();
            }
            return isOld;
        });
    }
}
