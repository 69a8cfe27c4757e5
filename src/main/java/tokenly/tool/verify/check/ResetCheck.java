package tokenly.tool.verify.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Kind;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;

/** {@link Rule#RESETS}. */
final class ResetCheck implements Check {

    @Override
    public Findings of(History history) {
        Run run = new Run(history);
        history.each(event -> {
            run.look(event);
            run.note(event);
        });
        return run.findings;
    }

    /** What is known of a seat. */
    private static final class Seat {
        long attachedMicros = -1; // -1 before the first time
        long lostAtMicros = Long.MAX_VALUE;
        boolean isGone = true; // so that it may be created
        boolean isAsking; // for its session, and has no answer yet
        boolean isUnanswered; // an earlier question was, whose answer may have been a reset that was lost
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.RESETS);
        private final History history;
        private final Map<Integer, Seat> seats = new HashMap<>();
        private final Map<Integer, Backlog> backlogs = new HashMap<>(); // by session
        private final List<FaultEvent> begun = new ArrayList<>();
        private long serverStoppedMicros = Long.MIN_VALUE;

        Run(History history) {
            this.history = history;
        }

        void look(Event event) {
            boolean isCaused = switch (event.kind()) {
                case RESET -> isCaused(event);
                case GONE -> mayBeGone(event);
                case CREATED -> seat(event).isGone || seat(event).attachedMicros < 0;
                case DENIED, ENDED -> false;
                case TAKEN_OVER -> isTakenOver(event);
                default -> true;
            };
            if (!isCaused) {
                findings.add("nothing in the schedule does that", event);
            }
        }

        private boolean isCaused(Event event) {
            boolean mayOverflow =
                    backlog(session(event)).most() > history.terms().mailboxMessages() / 2;
            return switch (event.reason()) {
                case NEW_INSTANCE -> isTakenOver(event);
                case OVERFLOW -> mayOverflow;
                case EPOCH -> seat(event).isUnanswered && (mayOverflow || isTakenOver(event));
                default -> false;
            };
        }

        private boolean isTakenOver(Event event) {
            return begun.stream()
                    .anyMatch(fault -> fault.kind() == FaultKind.TAKEOVER && fault.touches(session(event)));
        }

        /** The memory of the server ended, or the session's time was over. */
        private boolean mayBeGone(Event event) {
            Seat seat = seat(event);
            boolean isForgotten = !history.terms().survivesRestarts() && serverStoppedMicros > seat.attachedMicros;
            long windowMicros = history.terms().resumeWindow().toNanos() / 1_000;
            return isForgotten || event.atMicros() - windowMicros > seat.lostAtMicros;
        }

        void note(Event event) {
            switch (event.kind()) {
                case FAULT_BEGAN -> begun.add(history.fault(event.who()));
                case SERVER_STOPPED -> serverStoppedMicros = event.atMicros() + Restart.STRAGGLE_MICROS;
                case GONE -> seat(event).isGone = true;
                case CREATED, RESUMED, RESET -> attached(event);
                case RESUME_ASKED -> ask(event);
                case CLOSED -> lost(event);
                case ACK -> backlog(session(event)).acknowledge(event.atMicros(), event.b());
                case SENT -> sent(event);
                default -> {}
            }
        }

        private void ask(Event event) {
            Seat seat = seat(event);
            seat.isUnanswered = seat.isAsking;
            seat.isAsking = true;
        }

        private void lost(Event event) {
            Seat seat = seat(event);
            seat.lostAtMicros = Math.min(seat.lostAtMicros, event.atMicros());
            backlog(session(event)).lose(event.atMicros());
        }

        private void attached(Event event) {
            Seat seat = seat(event);
            seat.isAsking = false;
            seat.isGone = false;
            seat.attachedMicros = event.atMicros();
            seat.lostAtMicros = Long.MAX_VALUE;
            if (!event.isA(Kind.RESUMED)) {
                backlog(session(event)).restart();
            }
        }

        private void sent(Event event) {
            int sender = session(event);
            List<Integer> to = event.b() != Event.ALL
                    ? List.of((int) event.b())
                    : history.cast().sessionsIn(history.cast().room(sender));
            to.forEach(session -> backlog(session).post());
        }

        private Backlog backlog(int session) {
            return backlogs.computeIfAbsent(session, none -> new Backlog());
        }

        private int session(Event event) {
            return history.cast().session(event.who());
        }

        private Seat seat(Event event) {
            return seats.computeIfAbsent(event.who(), none -> new Seat());
        }
    }
}
