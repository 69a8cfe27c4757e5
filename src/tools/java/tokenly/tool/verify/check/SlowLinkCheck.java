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
 * was begun. One that another instance took over, or whose mailbox was full, is not lost by its link.
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

        /** An opening that a fault held up comes through within this time after its end. */
        private static final long OPENING_MICROS = 3_000_000;

        private static final long NEVER_MICROS = Long.MIN_VALUE / 2;

        final Findings findings = new Findings(Rule.SLOW_LINKS);
        private final History history;
        private final Set<FaultEvent> now = new HashSet<>();
        private final Map<Connection, Long> openedAtMicros = new HashMap<>();
        private final Map<Integer, Long> disturbedAtMicros = new HashMap<>(); // by group
        private long serverDisturbedAtMicros = NEVER_MICROS;

        Run(History history) {
            this.history = history;
        }

        void look(Event event) {
            switch (event.kind()) {
                case FAULT_BEGAN -> {
                    now.add(history.fault(event.who()));
                    disturb(history.fault(event.who()), event.atMicros());
                }
                case FAULT_ENDED -> {
                    now.remove(history.fault(event.who()));
                    disturb(history.fault(event.who()), event.atMicros());
                }
                case OPENED -> openedAtMicros.put(connection(event), event.atMicros());
                case CLOSED -> closed(event);
                default -> {}
            }
        }

        private void disturb(FaultEvent fault, long atMicros) {
            if (fault.kind().isOfServer()) {
                serverDisturbedAtMicros = atMicros;
            } else if (fault.kind() != FaultKind.SLOW_LINK) {
                disturbedAtMicros.put(group(fault.sessions().get(0)), atMicros);
            }
        }

        private void closed(Event event) {
            Long opened = openedAtMicros.remove(connection(event));
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
            long disturbed =
                    Math.max(serverDisturbedAtMicros, disturbedAtMicros.getOrDefault(group(session), NEVER_MICROS));
            if (!isServerDisturbed && disturbed < opened - OPENING_MICROS) {
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
