package tokenly.tool.verify.check;

import java.util.HashMap;
import java.util.Map;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.History;

/**
 * {@link Rule#FENCE}, as a client sees it: nothing comes for a session before the outcome of its {@code resume}, no older
 * connection is given it afterwards, what the server acknowledges beyond that outcome was sent on the same connection, and
 * nothing makes the server let go of a session whose connection is open, unless it is a node of a cluster.
 */
final class FenceCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.FENCE);
        boolean isCluster = history.terms().isCluster();
        Map<Integer, Attachment> instances = new HashMap<>();
        history.each(event -> {
            if (isOfAConnection(event.kind())) {
                instances
                        .computeIfAbsent(event.who(), none -> new Attachment(isCluster))
                        .look(event, findings);
            }
        });
        return findings;
    }

    private static boolean isOfAConnection(EventKind kind) {
        return switch (kind) {
            case RESUME_ASKED, CREATED, RESUMED, RESET, GONE, OUT, IN, ACKED -> true;
            default -> false;
        };
    }

    /** The newest one that was seen of an instance. */
    private static final class Attachment {

        private final boolean isCluster;
        private long connection;
        private long out;

        Attachment(boolean isCluster) {
            this.isCluster = isCluster;
        }

        void look(Event event, Findings findings) {
            if (event.isA(EventKind.RESUME_ASKED)) {
                ask(event, findings);
            } else if (event.isA(EventKind.GONE)) {
                connection = 0;
            } else if (event.isAttach()) {
                attach(event, findings);
            } else if (event.connection() > connection) {
                findings.add("it precedes the outcome on its connection", event);
            } else if (event.connection() == connection) {
                follow(event, findings);
            }
        }

        private void ask(Event event, Findings findings) {
            if (event.connection() == connection && !isCluster) {
                findings.add("the server let go of it, though this connection is open", event);
            }
        }

        private void attach(Event event, Findings findings) {
            if (event.connection() < connection) {
                findings.add("connection " + connection + " had it already", event);
            } else {
                connection = event.connection();
                out = event.isA(EventKind.RESUMED) ? event.b() : 0;
            }
        }

        private void follow(Event event, Findings findings) {
            if (event.isA(EventKind.OUT)) {
                out = Math.max(out, event.b());
            } else if (event.isA(EventKind.ACKED) && event.b() > out) {
                findings.add("on this connection only " + out + " was sent", event);
            }
        }
    }
}
