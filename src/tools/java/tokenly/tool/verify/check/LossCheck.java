package tokenly.tool.verify.check;

import tokenly.tool.verify.history.History;

/** {@link Rule#NOTHING_LOST}, for each signal and each of its addressees. */
final class LossCheck implements Check {

    @Override
    public Findings of(History history) {
        Findings findings = new Findings(Rule.NOTHING_LOST);
        Fates.of(
                history,
                (event, session) -> findings.add("s" + session + " never got it, and neither side was told", event));
        return findings;
    }
}
