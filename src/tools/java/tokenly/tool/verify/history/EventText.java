package tokenly.tool.verify.history;

import java.util.Locale;

/** Events as a line of text, in the words of PROTOCOL.md: {@code 12.345 s s3 processed #17 of s4}. */
public final class EventText {

    private final History history;

    public EventText(History history) {
        this.history = history;
    }

    /** One line, with the time. */
    public String line(Event event) {
        return String.format(Locale.ROOT, "%.3f s ", event.atMicros() / 1e6) + what(event);
    }

    /** The same without the time. */
    public String what(Event event) {
        return switch (event.kind()) {
            case FAULT_BEGAN -> "fault " + history.fault(event.who()) + " begins";
            case FAULT_ENDED -> "fault " + history.fault(event.who()) + " ends";
            case SERVER_STOPPING -> "the server is told to stop";
            case SERVER_STOPPED -> "the server has stopped";
            case SERVER_KILLED -> "the server is killed";
            case SERVER_STARTED ->
                event.a() == 0 ? "the server has started" : "the server has started; its store was being cleaned up";
            case STATUS -> "/status says " + event.state() + " " + event.b();
            case VISITORS_CAME -> event.a() + " visitors come and go";
            case VISITORS_LEFT -> event.a() + " visitors have left";
            case SETTLED -> "all is at rest";
            default -> name(event.who()) + " " + ofInstance(event);
        };
    }

    private String ofInstance(Event event) {
        return switch (event.kind()) {
            case SENT -> "sent #" + event.a() + " to " + addressee(event);
            case FAILED -> "was told that #" + event.a() + " to " + addressee(event) + " is lost: " + event.reason();
            case DELIVERED ->
                event.a() == Event.NOBODY
                        ? "processed what was never sent"
                        : "processed #" + event.b() + " of " + name((int) event.a());
            case PEER -> "was told: s" + event.a() + " " + event.change();
            case TAKEN_OVER -> "was told that it is taken over";
            case ENDED -> "was told that its session has ended: " + event.reason();
            case LEAVES -> "leaves";
            case LEFT -> "left";
            case LATE_RESUME ->
                event.a() == 0 ? "had its late resume answered" : "had its late resume closed with " + event.a();
            default -> onConnection(event) + " (connection " + event.connection() + ")";
        };
    }

    private static String onConnection(Event event) {
        return switch (event.kind()) {
            case OPENED -> "is connected";
            case CLOSED -> "lost its connection, " + event.b();
            case CREATE_ASKED -> "asks for a new session";
            case RESUME_ASKED -> "resumes: received " + event.b() + ", sent " + event.c();
            case CREATED -> "is created, epoch " + event.b();
            case RESUMED -> "is resumed: received " + event.b() + ", last " + event.c();
            case RESET -> "is reset, epoch " + event.b() + ": " + event.reason();
            case GONE -> "is gone";
            case DENIED -> "is denied: " + event.reason();
            case OUT -> "sent seq " + event.b();
            case IN -> "received seq " + event.b();
            case ACKED -> "was acknowledged up to " + event.b();
            case ACK -> "acknowledged up to " + event.b();
            default -> event.kind().name();
        };
    }

    private String name(int instance) {
        return instance == Event.NOBODY ? "nobody" : history.topology().name(instance);
    }

    private static String addressee(Event event) {
        return event.b() == Event.ALL ? "all" : "s" + event.b();
    }
}
