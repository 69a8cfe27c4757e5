package tokenly.tool.verify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tokenly.tool.text.JsonLine;
import tokenly.tool.verify.check.Fates;
import tokenly.tool.verify.check.Findings;
import tokenly.tool.verify.check.Violation;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.EventText;

/** A verdict for programs. Names stay as they are; fields may be added. */
public final class JsonVerdict {

    private final VerifyPlan plan;
    private final Verdict verdict;
    private final EventText events;

    public JsonVerdict(VerifyPlan plan, Verdict verdict) {
        this.plan = plan;
        this.verdict = verdict;
        this.events = new EventText(verdict.history());
    }

    public JsonLine json() {
        Fates fates = verdict.fates();
        return new JsonLine()
                .with("holds", verdict.holds())
                .with("sent", fates.sent())
                .with("delivered", fates.delivered())
                .with("refused", new TreeMap<>(fates.refused()))
                .with("lost", fates.lost())
                .with("duplicated", verdict.duplicated())
                .with("out_of_order", verdict.outOfOrder())
                .with("seed", plan.seed())
                .with("seconds", plan.length().toSeconds())
                .with("sessions", plan.sessions())
                .with("rooms_of", plan.roomsOf())
                .with("rate", plan.rate())
                .with("own_server", plan.rtc().isEmpty())
                .with("store_survives_restarts", true) // as every rule expects it to
                .with("faults", faults())
                .with("kills", verdict.tally().count(EventKind.SERVER_KILLED))
                .with("kills_while_cleaning", verdict.tally().killsWhileCleaning())
                .with("events", counts())
                .with("rules", verdict.findings().stream().map(this::rule).toList());
    }

    private Map<String, Integer> faults() {
        Map<String, Integer> counts = new TreeMap<>();
        verdict.history().each(event -> {
            if (event.isA(EventKind.FAULT_BEGAN)) {
                counts.merge(verdict.history().fault(event.who()).kind().toString(), 1, Integer::sum);
            }
        });
        return counts;
    }

    private JsonLine counts() {
        JsonLine counts = new JsonLine();
        for (EventKind kind : EventKind.values()) {
            counts.with(kind.name().toLowerCase(Locale.ROOT), verdict.tally().count(kind));
        }
        return counts;
    }

    private JsonLine rule(Findings findings) {
        List<JsonLine> violations =
                findings.violations().stream().map(this::violation).toList();
        return new JsonLine()
                .with("rule", findings.rule())
                .with("checked", verdict.isChecked(findings.rule()))
                .with("broken", findings.count())
                .with("violations", violations);
    }

    private JsonLine violation(Violation violation) {
        return new JsonLine()
                .with("what", violation.what())
                .with("proof", violation.proof().stream().map(events::line).toList());
    }
}
