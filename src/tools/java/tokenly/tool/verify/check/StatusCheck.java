package tokenly.tool.verify.check;

import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.State;

/**
 * {@link Rule#STATUS}. A restart of the server changes nothing: all sessions are there, and wait. While a client creates a session or leaves it the answer may count it or not; when all is at rest, the answer has
 * to be exact, its state included.
 */
final class StatusCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history);
        if (history.terms().isAlone()) {
            history.each(run::look);
        }
        return run.findings;
    }

    /** How many sessions there are, from some moment on. */
    private record Count(int surely, int perhaps) {}

    private static final class Run {

        final Findings findings = new Findings(Rule.STATUS);
        private final History history;
        private final Set<Integer> sure = new HashSet<>();
        private final Set<Integer> possible = new HashSet<>();
        private final NavigableMap<Long, Count> counts = new TreeMap<>(Map.of(0L, new Count(0, 0)));
        private final Set<Integer> leaving = new HashSet<>(); // instances
        private int visitors; // who may be there
        private boolean isAtRest;

        Run(History history) {
            this.history = history;
        }

        void look(Event event) {
            switch (event.kind()) {
                case CREATE_ASKED -> possible.add(session(event));
                case CREATED, RESUMED, RESET -> attached(event);
                case GONE -> sure.remove(session(event));
                case LEAVES -> {
                    leaving.add(event.who());
                    sure.remove(session(event));
                }
                case LEFT -> {
                    isAtRest = false;
                    sure.remove(session(event));
                    possible.remove(session(event));
                }
                case VISITORS_CAME -> visitors += (int) event.a();
                case VISITORS_LEFT -> visitors -= (int) event.a();
                case SETTLED -> isAtRest = true;
                case SERVER_STOPPED, SERVER_KILLED -> isAtRest = false;
                case STATUS -> compare(event);
                default -> {}
            }
            counts.merge(
                    event.atMicros(),
                    new Count(sure.size(), possible.size() + visitors),
                    (one, other) -> new Count(
                            Math.min(one.surely(), other.surely()), Math.max(one.perhaps(), other.perhaps())));
            dropEqual(event.atMicros());
        }

        private void attached(Event event) {
            possible.add(session(event));
            if (!leaving.contains(event.who())) {
                sure.add(session(event));
            }
        }

        private void compare(Event event) {
            Map<Long, Count> meanwhile = counts.tailMap(counts.floorKey(event.c()), true);
            int least =
                    meanwhile.values().stream().mapToInt(Count::surely).min().orElse(0);
            int most =
                    meanwhile.values().stream().mapToInt(Count::perhaps).max().orElse(0);
            if (event.b() < least || event.b() > most) {
                findings.add("there are " + (least == most ? least : least + " to " + most) + " sessions", event);
            }
            if (least > 0 && event.state() == State.DISCONNECTED) {
                findings.add("a session without a connection is waited for", event);
            }
            if (isAtRest && event.state() != State.CONNECTED) {
                findings.add("all are connected", event);
            }
            if (most == 0 && event.state() == State.RECONNECTING) {
                findings.add("there is no session to come back", event);
            }
        }

        /** Keeps one entry for each change, not for each event. */
        private void dropEqual(long atMicros) {
            Map.Entry<Long, Count> before = counts.lowerEntry(atMicros);
            if (before != null && before.getValue().equals(counts.get(atMicros))) {
                counts.remove(atMicros);
            }
        }

        private int session(Event event) {
            return history.topology().session(event.who());
        }
    }
}
