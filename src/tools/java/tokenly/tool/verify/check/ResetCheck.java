package tokenly.tool.verify.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;
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

    /** What is known of an instance. */
    private static final class Instance {
        long attachedMicros = -1; // -1 before the first time
        long lostAtMicros = Long.MAX_VALUE;
        boolean isGone = true; // so that it may be created
        boolean isAsking; // for its session, and has no answer yet
        boolean isUnanswered; // an earlier question was, whose answer may have been a reset that was lost
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.RESETS);
        private final History history;
        private final Map<Integer, Instance> instances = new HashMap<>();
        private final Map<Integer, MailboxEstimate> backlogs = new HashMap<>(); // by session
        private final Set<Integer> wereFull = new HashSet<>(); // sessions
        private final long windowMicros;
        private final List<FaultEvent> begun = new ArrayList<>();

        Run(History history) {
            this.history = history;
            this.windowMicros = history.terms().resumeWindow().toNanos() / 1_000;
        }

        void look(Event event) {
            boolean isCaused = switch (event.kind()) {
                case RESET -> isCaused(event);
                case GONE -> mayBeGone(instance(event), event) || wasDone(FaultKind.NEW_OWNER, session(event));
                case FAILED -> mayFail(event);
                case CREATED -> instance(event).isGone || instance(event).attachedMicros < 0;
                case DENIED, ENDED -> false;
                case TAKEN_OVER -> isTakenOver(event);
                default -> true;
            };
            if (!isCaused) {
                findings.add("nothing in the schedule does that", event);
            }
        }

        private boolean isCaused(Event event) {
            boolean mayOverflow = mayOverflow(session(event));
            return switch (event.reason()) {
                case NEW_INSTANCE -> isTakenOver(event);
                case OVERFLOW -> mayOverflow;
                case EPOCH -> instance(event).isUnanswered && (mayOverflow || isTakenOver(event));
                default -> false;
            };
        }

        private boolean mayOverflow(int session) {
            return backlog(session).most() > history.terms().mailboxMessages() / 2;
        }

        private boolean isTakenOver(Event event) {
            return wasDone(FaultKind.TAKEOVER, session(event));
        }

        private boolean wasDone(FaultKind kind, int session) {
            return begun.stream().anyMatch(fault -> fault.kind() == kind && fault.touches(session));
        }

        /** The session's time was over. */
        private boolean mayBeGone(Instance instance, Event event) {
            return event.atMicros() - windowMicros > instance.lostAtMicros;
        }

        /** No session ends before the run does, unless its name changes hands; so there is a mailbox for a signal, unless it is full. */
        private boolean mayFail(Event event) {
            boolean mayHaveExpired = event.b() == Event.ALL
                    || history.topology().instancesOf((int) event.b()).stream()
                            .map(instances::get)
                            .anyMatch(instance -> instance != null && mayBeGone(instance, event));
            boolean hasAnotherOwner = event.b() == Event.ALL || wasDone(FaultKind.NEW_OWNER, (int) event.b());
            return switch (event.reason()) {
                case UNKNOWN_PEER -> mayHaveExpired || hasAnotherOwner;
                case REPLACED -> hasAnotherOwner;
                case AWAY -> mayHaveExpired;
                case OVERFLOW -> event.b() == Event.ALL || wereFull.contains((int) event.b());
                case STORE_WENT_BACK -> false; // no fault of a schedule touches the store
                default -> true;
            };
        }

        void note(Event event) {
            switch (event.kind()) {
                case FAULT_BEGAN -> begun.add(history.fault(event.who()));
                case SERVER_STOPPED, SERVER_KILLED ->
                    instances.values().forEach(instance -> restart(instance, event.atMicros()));
                case GONE -> instance(event).isGone = true;
                case CREATED, RESUMED, RESET -> attached(event);
                case RESUME_ASKED -> ask(event);
                case CLOSED -> lost(event);
                case ACK -> backlog(session(event)).acknowledge(event.atMicros(), event.b());
                case SENT -> sent(event);
                default -> {}
            }
        }

        private void ask(Event event) {
            Instance instance = instance(event);
            instance.isUnanswered = instance.isAsking;
            instance.isAsking = true;
        }

        private void lost(Event event) {
            Instance instance = instance(event);
            instance.lostAtMicros = Math.min(instance.lostAtMicros, event.atMicros());
            backlog(session(event)).lose(event.atMicros());
        }

        /** Each session that waits is waited for once more, for a full window. */
        private void restart(Instance instance, long atMicros) {
            boolean isWaitedFor =
                    instance.lostAtMicros != Long.MAX_VALUE && atMicros - windowMicros <= instance.lostAtMicros;
            if (isWaitedFor) {
                instance.lostAtMicros = atMicros;
            }
        }

        private void attached(Event event) {
            Instance instance = instance(event);
            instance.isAsking = false;
            instance.isGone = false;
            instance.attachedMicros = event.atMicros();
            instance.lostAtMicros = Long.MAX_VALUE;
            if (!event.isA(EventKind.RESUMED)) {
                backlog(session(event)).restart();
            }
        }

        private void sent(Event event) {
            int sender = session(event);
            List<Integer> to = event.b() != Event.ALL
                    ? List.of((int) event.b())
                    : history.topology().sessionsIn(history.topology().room(sender));
            for (int session : to) {
                backlog(session).post();
                if (mayOverflow(session)) {
                    wereFull.add(session);
                }
            }
        }

        private MailboxEstimate backlog(int session) {
            return backlogs.computeIfAbsent(session, none -> new MailboxEstimate());
        }

        private int session(Event event) {
            return history.topology().session(event.who());
        }

        private Instance instance(Event event) {
            return instances.computeIfAbsent(event.who(), none -> new Instance());
        }
    }
}
