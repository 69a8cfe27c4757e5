package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.CloseCode;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.Topology;

/** {@link Rule#RESUMES}. */
final class ResumeCheck implements Check {

    /** PROTOCOL.md, "Close codes": replaced by your own newer connection. */
    private static final int REPLACED = CloseCode.REPLACED.number();

    @Override
    public Findings of(History history) {
        Run run = new Run(history.topology());
        history.each(run::look);
        run.end(history);
        return run.findings;
    }

    private static final class Instance {
        @Nullable
        Event asked; // a resume without an outcome

        long connection; // that has the session, 0 for none
        boolean isOver;
    }

    private static final class Run {

        final Findings findings = new Findings(Rule.RESUMES);
        private final Topology topology;
        private final Map<Integer, Instance> instances = new HashMap<>();
        private boolean hasSettled;

        Run(Topology topology) {
            this.topology = topology;
        }

        void look(Event event) {
            switch (event.kind()) {
                case RESUME_ASKED -> instance(event).asked = event;
                case CREATED, RESUMED, RESET, GONE, DENIED -> answered(instance(event), event);
                case CLOSED -> closed(instance(event), event);
                case TAKEN_OVER, ENDED, LEFT -> instance(event).isOver = true;
                case LATE_RESUME -> {
                    if (event.a() != REPLACED) {
                        findings.add("a late resume must be answered with close " + REPLACED, event);
                    }
                }
                case SETTLED -> settled(event);
                default -> {}
            }
        }

        private static void answered(Instance instance, Event event) {
            if (instance.asked != null && instance.asked.connection() == event.connection()) {
                instance.asked = null;
            }
            if (event.isAttach()) {
                instance.connection = event.connection();
            }
        }

        private static void closed(Instance instance, Event event) {
            if (instance.asked != null && instance.asked.connection() == event.connection()) {
                instance.asked = null;
            }
            if (instance.connection == event.connection()) {
                instance.connection = 0;
            }
        }

        private void settled(Event event) {
            hasSettled = true;
            for (int session = 0; session < topology.sessions(); session++) {
                long holders = topology.instancesOf(session).stream()
                        .filter(instance -> instances.containsKey(instance) && holds(instances.get(instance)))
                        .count();
                if (holders != 1) {
                    findings.add("s" + session + " is held by " + holders + " instances in the end", event);
                }
            }
        }

        private static boolean holds(@Nullable Instance instance) {
            return instance != null && !instance.isOver && instance.connection != 0;
        }

        void end(History history) {
            instances.values().forEach(instance -> {
                Event asked = instance.asked;
                if (asked != null) {
                    findings.add("it has no outcome", asked);
                }
            });
            if (!hasSettled && history.size() > 0) {
                findings.add("the run never came to rest", history.event(history.size() - 1));
            }
        }

        private Instance instance(Event event) {
            return instances.computeIfAbsent(event.who(), none -> new Instance());
        }
    }
}
