package tokenly.tool.verify.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Topology;

/** When each session was told that it begins anew: what was under way to it then may be missing, by name. */
final class WriteOffs {

    private final List<TreeSet<Integer>> ofSession = new ArrayList<>();

    static WriteOffs of(History history) {
        WriteOffs writeOffs = new WriteOffs();
        Topology topology = history.topology();
        for (int session = 0; session < topology.sessions(); session++) {
            writeOffs.ofSession.add(new TreeSet<>());
        }
        history.each(event -> {
            if (event.isWriteOff()) {
                writeOffs.ofSession.get(topology.session(event.who())).add(event.index());
            }
        });
        return writeOffs;
    }

    /** Whether {@code session} had one after event {@code from} and before event {@code to}. */
    boolean isBetween(int session, int from, int to) {
        Integer next = ofSession.get(session).higher(from);
        return next != null && next < to;
    }

    /** Whether {@code session} had one after {@code event}. */
    boolean isAfter(int session, Event event) {
        return isBetween(session, event.index(), Integer.MAX_VALUE);
    }
}
