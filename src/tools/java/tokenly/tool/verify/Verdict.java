package tokenly.tool.verify;

import java.util.List;
import tokenly.tool.verify.check.Check;
import tokenly.tool.verify.check.Fates;
import tokenly.tool.verify.check.Findings;
import tokenly.tool.verify.check.Rule;
import tokenly.tool.verify.history.History;

/**
 * What came of a run.
 *
 * @param fates of all signals
 * @param findings one for each rule, in the order of the rules
 */
public record Verdict(History history, Tally tally, Fates fates, List<Findings> findings) {

    /** Checks the whole history. */
    public static Verdict on(History history) {
        return new Verdict(
                history,
                Tally.of(history),
                Fates.of(history),
                Check.ALL.stream().map(check -> check.of(history)).toList());
    }

    /** Whether every rule holds. */
    public boolean holds() {
        return findings.stream().allMatch(Findings::isClean);
    }

    /** How often {@code rule} is broken. */
    public int broken(Rule rule) {
        return findings.stream()
                .filter(found -> found.rule() == rule)
                .mapToInt(Findings::count)
                .sum();
    }

    public int duplicated() {
        return broken(Rule.ONCE);
    }

    public int outOfOrder() {
        return broken(Rule.ORDER);
    }

    /** Whether the rule was looked at: what others do to a shared server is no fault of it. */
    public boolean isChecked(Rule rule) {
        return rule != Rule.STATUS || history.terms().isAlone();
    }
}
