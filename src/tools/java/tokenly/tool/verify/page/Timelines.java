package tokenly.tool.verify.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.EventText;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;

/** The picture: a row for each session, time from left to right in percent of the width, so that text keeps its size. */
final class Timelines {

    /** More rows than that cannot be read. */
    static final int MOST = 100;

    private static final int ROW = 18;
    private static final int AXIS = 22;
    private static final int HALF = ROW / 2;
    private static final int[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300, 600};
    private static final int MOST_TICKS = 12;

    private final History history;
    private final EventText words;
    private final int rows;
    private final long lengthMicros;
    private final List<Timeline> lines;

    Timelines(History history) {
        this.history = history;
        this.words = new EventText(history);
        this.rows = Math.min(MOST, history.topology().sessions());
        this.lengthMicros = Math.max(1, history.length().toNanos() / 1_000);
        this.lines = IntStream.range(0, rows).mapToObj(row -> new Timeline()).toList();
        history.each(this::tell);
        lines.forEach(line -> line.end(lengthMicros));
    }

    private void tell(Event event) {
        switch (event.kind()) {
            case CREATED, RESUMED, RESET, GONE, DENIED, TAKEN_OVER, LATE_RESUME, CLOSED, LEFT -> {
                int session = history.topology().session(event.who());
                if (session < rows) {
                    lines.get(session).note(event);
                }
            }
            default -> {}
        }
    }

    int rows() {
        return rows;
    }

    /** @param violations events that break a rule */
    String svg(List<Event> violations) {
        int height = AXIS + rows * ROW;
        Html svg = new Html();
        svg.raw("<svg class=lines role=img width=\"100%\" height=" + height + ">");
        faults(svg, height);
        axis(svg, height);
        for (int row = 0; row < rows; row++) {
            line(svg, row);
        }
        violations.forEach(event -> violation(svg, event, height));
        return svg.raw("</svg>").toString();
    }

    private void axis(Html svg, int height) {
        long seconds = lengthMicros / 1_000_000;
        int step = IntStream.of(STEPS)
                .filter(candidate -> seconds / candidate <= MOST_TICKS)
                .findFirst()
                .orElse(STEPS[STEPS.length - 1]);
        for (long second = 0; second <= seconds; second += step) {
            String x = x(second * 1_000_000);
            svg.raw("<line class=tick x1=" + x + " x2=" + x + " y1=" + (AXIS - 4) + " y2=" + height + " />");
            svg.raw("<text x=" + x + " y=12 dx=2>").text(second + " s").raw("</text>");
        }
    }

    private void faults(Html svg, int height) {
        Map<Integer, Long> begun = new HashMap<>();
        history.each(event -> {
            if (event.isA(EventKind.FAULT_BEGAN)) {
                begun.put(event.who(), event.atMicros());
            } else if (event.isA(EventKind.FAULT_ENDED)) {
                long from = Objects.requireNonNullElse(begun.remove(event.who()), event.atMicros());
                band(svg, history.fault(event.who()), from, event.atMicros(), height);
            }
        });
        begun.forEach((number, from) -> band(svg, history.fault(number), from, lengthMicros, height));
    }

    private void band(Html svg, FaultEvent fault, long from, long to, int height) {
        if (fault.kind().isOfServer()) {
            rect(svg, fault.kind() == FaultKind.KILL ? "kill" : "server", from, to, 0, height, fault);
            return;
        }
        for (int session : fault.sessions()) {
            if (session < rows) {
                rect(svg, "fault", from, to, AXIS + session * ROW + 1, ROW - 2, fault);
            }
        }
    }

    private void rect(Html svg, String type, long from, long to, int y, int height, FaultEvent fault) {
        String width = Html.percent(Math.max(0.002, (to - from) / (double) lengthMicros));
        svg.raw("<rect class=" + type + " x=" + x(from) + " width=" + width + " y=" + y + " height=" + height + ">")
                .element("title", fault)
                .raw("</rect>");
    }

    private void line(Html svg, int row) {
        int y = AXIS + row * ROW + HALF;
        for (Timeline.Stretch stretch : lines.get(row).stretches()) {
            String type = stretch.isHeld() ? "held" : "away";
            svg.raw("<line class=" + type + " x1=" + x(stretch.fromMicros()) + " x2=" + x(stretch.toMicros()) + " y1="
                    + y + " y2=" + y + " />");
        }
        lines.get(row).marks().forEach(event -> mark(svg, event, y));
    }

    private void mark(Html svg, Event event, int y) {
        String type = event.isA(EventKind.RESUMED) ? "resumed" : event.isA(EventKind.LATE_RESUME) ? "late" : "reset";
        circle(svg, type, event, y, event.isA(EventKind.RESUMED) ? 2.5 : 3.5);
    }

    private void violation(Html svg, Event event, int height) {
        boolean hasRow = event.who() >= 0 && event.who() < history.topology().instances() && !isOfFault(event);
        int session = hasRow ? history.topology().session(event.who()) : rows;
        int y = session < rows ? AXIS + session * ROW + HALF : height - HALF;
        circle(svg, "violation", event, y, 6);
    }

    private static boolean isOfFault(Event event) {
        return event.isA(EventKind.FAULT_BEGAN) || event.isA(EventKind.FAULT_ENDED);
    }

    private void circle(Html svg, String type, Event event, int y, double radius) {
        svg.raw("<circle class=" + type + " cx=" + x(event.atMicros()) + " cy=" + y + " r=" + radius + ">")
                .element("title", words.line(event))
                .raw("</circle>");
    }

    private String x(long atMicros) {
        return Html.percent(Math.min(1, atMicros / (double) lengthMicros));
    }

    /** The names of the rows. */
    String names() {
        Html names = new Html().raw("<div class=names style=\"padding-top:" + AXIS + "px\">");
        for (int row = 0; row < rows; row++) {
            boolean isFirstOfRoom = row == 0
                    || history.topology().room(row) != history.topology().room(row - 1);
            names.raw(isFirstOfRoom ? "<div class=first>" : "<div>")
                    .text(history.topology().name(row))
                    .raw("</div>");
        }
        return names.raw("</div>").toString();
    }
}
