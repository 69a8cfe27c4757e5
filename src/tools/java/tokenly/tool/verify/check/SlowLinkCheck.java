package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tokenly.protocol.CloseCode;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;

/**
 * {@link Rule#SLOW_LINKS}. A connection suffers nothing else if every other fault of its group and of the server was over before it
 * was opened. One that another instance took over, or whose mailbox was full, is not lost by its link.
 */
final class SlowLinkCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history);
        history.each(run::look);
        return run.findings;
    }

    private record Connection(int instance, long number) {}

    private static final class Run {

        final Findings findings = new Findings(Rule.SLOW_LINKS);
        private final History history;
        private final Set<FaultEvent> now = new HashSet<>();
        private final Map<Connection, Integer> openedAt = new HashMap<>(); // the index of that event
        private final Map<Integer, Integer> disturbedAt = new HashMap<>(); // by group, the same
        private int serverDisturbedAt = -1;

        Run(History history) {
            this.history = history;
        }

        void look(Event event) {
            switch (event.kind()) {
                case FAULT_BEGAN -> {
                    now.add(history.fault(event.who()));
                    disturb(history.fault(event.who()), event.index());
                }
                case FAULT_ENDED -> {
                    now.remove(history.fault(event.who()));
                    disturb(history.fault(event.who()), event.index());
                }
                case OPENED -> openedAt.put(connection(event), event.index());
                case CLOSED -> closed(event);
                default -> {}
            }
        }

        private void disturb(FaultEvent fault, int index) {
            if (fault.kind().isOfServer()) {
                serverDisturbedAt = index;
            } else if (fault.kind() != FaultKind.SLOW_LINK) {
                disturbedAt.put(group(fault.sessions().get(0)), index);
            }
        }

        private void closed(Event event) {
            Integer opened = openedAt.remove(connection(event));
            int session = history.topology().session(event.who());
            boolean isSlow =
                    now.stream().anyMatch(fault -> fault.kind() == FaultKind.SLOW_LINK && fault.touches(session));
            boolean hasAnotherCause =
                    event.b() == CloseCode.TOO_SLOW.number() || event.b() == CloseCode.TAKEN_OVER.number();
            if (opened == null || !isSlow || hasAnotherCause) {
                return;
            }
            boolean isServerDisturbed =
                    now.stream().anyMatch(fault -> fault.kind().isOfServer());
            int disturbed = Math.max(serverDisturbedAt, disturbedAt.getOrDefault(group(session), -1));
            if (!isServerDisturbed && disturbed < opened) {
                findings.add("its link was slow, and nothing else was wrong", event);
            }
        }

        private int group(int session) {
            return history.schedule().group(session);
        }

        private static Connection connection(Event event) {
            return new Connection(event.who(), event.connection());
        }
    }
}
