package tokenly.tool.verify.clients;

import java.util.OptionalInt;

/** The ids of a run's sessions and rooms, so that two runs do not meet. Immutable. */
final class RunIds {

    private static final String VISITOR = "visitor-";

    private final String prefix;

    RunIds(String run) {
        this.prefix = "verify-" + run + "-";
    }

    String sessionId(int session) {
        return prefix + session;
    }

    String roomId(int room) {
        return prefix + "room-" + room;
    }

    /** Of a plain client that is no session of the run. */
    String visitorId(int crowd, int room, int number) {
        return prefix + VISITOR + crowd + "-" + room + "-" + number;
    }

    boolean isVisitor(String id) {
        return id.startsWith(prefix + VISITOR);
    }

    /** The number of the session of that id; empty if it is none of this run. */
    OptionalInt session(String id) {
        String number = id.startsWith(prefix) ? id.substring(prefix.length()) : "";
        return number.matches("[0-9]{1,6}") ? OptionalInt.of(Integer.parseInt(number)) : OptionalInt.empty();
    }
}
