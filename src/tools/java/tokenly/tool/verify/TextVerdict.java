package tokenly.tool.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tokenly.tool.text.Language;
import tokenly.tool.verify.check.Fates;
import tokenly.tool.verify.check.Findings;
import tokenly.tool.verify.check.Violation;
import tokenly.tool.verify.history.EventKind;
import tokenly.tool.verify.history.EventText;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.schedule.FaultKind;

/** A run and its verdict for people, in their language. */
public final class TextVerdict {

    /** Of each rule; the page and the JSON have more. */
    private static final int CASES = 3;

    private final VerifyPlan plan;
    private final Language language;

    public TextVerdict(VerifyPlan plan, Language language) {
        this.plan = plan;
        this.language = language;
    }

    /** What is to be done. */
    public String begin(History history) {
        String server =
                plan.rtc().map(rtc -> say("given_server", rtc, leftOut())).orElseGet(() -> say("own_server"));
        return say(
                "verify_begins",
                Long.toString(plan.seed()),
                number(plan.sessions()),
                number(history.topology().rooms()),
                plan.length().toSeconds(),
                number(history.schedule().events().size()),
                server);
    }

    private static String leftOut() {
        return Arrays.stream(FaultKind.values())
                .filter(FaultKind::needsOwnServer)
                .map(FaultKind::toString)
                .collect(Collectors.joining(", "));
    }

    /** The verdict in one line. */
    public String headline(Verdict verdict) {
        Fates fates = verdict.fates();
        return say(
                "verify_verdict",
                number(fates.sent()),
                number(fates.delivered()),
                number(fates.refusals()),
                reasons(fates),
                number(fates.lost()),
                number(verdict.duplicated()),
                number(verdict.outOfOrder()));
    }

    /** The largest first. */
    private static String reasons(Fates fates) {
        String reasons = fates.refused().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(reason -> reason.getKey() + " " + number(reason.getValue()))
                .collect(Collectors.joining(", "));
        return reasons.isEmpty() ? "" : " (" + reasons + ")";
    }

    /** What else is worth knowing. */
    public String figures(Verdict verdict) {
        Tally tally = verdict.tally();
        return say(
                "verify_figures",
                number(tally.count(EventKind.SENT)),
                number(tally.count(EventKind.FAULT_BEGAN)),
                number(tally.count(EventKind.CLOSED)),
                number(tally.count(EventKind.RESUMED)),
                number(tally.count(EventKind.RESET)),
                number(tally.count(EventKind.GONE)),
                number(tally.count(EventKind.TAKEN_OVER)));
    }

    /** How often the server was killed, if it was. */
    public Optional<String> kills(Verdict verdict) {
        int kills = verdict.tally().count(EventKind.SERVER_KILLED);
        return kills == 0
                ? Optional.empty()
                : Optional.of(say(
                        "verify_kills", number(kills), number(verdict.tally().killsWhileCleaning())));
    }

    /** The command that does the same again. */
    public String again() {
        String kinds = plan.kinds().isEmpty()
                ? "none"
                : plan.kinds().size()
                                == Arrays.stream(FaultKind.values())
                                        .filter(plan::allows)
                                        .count()
                        ? "all"
                        : plan.kinds().stream()
                                .sorted()
                                .map(FaultKind::toString)
                                .collect(Collectors.joining(","));
        String nodes = plan.nodes() > 0 ? " --nodes " + plan.nodes() : "";
        String url = plan.rtc().map(rtc -> " --url " + rtc).orElse("");
        return say(
                "verify_seed",
                "./tokenly verify --seed " + plan.seed() + " --seconds "
                        + plan.length().toSeconds() + " --sessions "
                        + plan.sessions() + " --rooms-of " + plan.roomsOf() + " --rate " + plan.rate() + " --faults "
                        + kinds + nodes + url);
    }

    /** The rules that are broken, each with its first cases. */
    public List<String> troubles(Verdict verdict) {
        EventText words = new EventText(verdict.history());
        List<String> lines = new ArrayList<>();
        for (Findings findings : verdict.findings()) {
            if (!findings.isClean()) {
                lines.add(findings.rule().text().in(language) + ": " + say("rule_broken", number(findings.count())));
                for (Violation violation :
                        findings.violations().stream().limit(CASES).toList()) {
                    lines.add("  " + violation.what());
                    violation.proof().forEach(event -> lines.add("    " + words.line(event)));
                }
            }
        }
        return lines;
    }

    private String say(String key, Object... values) {
        return language.text(key, values);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
