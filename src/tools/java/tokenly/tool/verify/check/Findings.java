package tokenly.tool.verify.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import tokenly.tool.verify.history.Event;

/** What a check found: it counts all violations and keeps the first few. For one thread. */
public final class Findings {

    /** A broken server breaks a rule a thousand times; the first cases tell enough. */
    private static final int KEPT = 50;

    private final Rule rule;
    private final List<Violation> kept = new ArrayList<>();
    private int count;

    Findings(Rule rule) {
        this.rule = rule;
    }

    void add(String what, Event... proof) {
        if (count++ < KEPT) {
            kept.add(new Violation(rule, what, Stream.of(proof).toList()));
        }
    }

    public Rule rule() {
        return rule;
    }

    /** How often the rule is broken. */
    public int count() {
        return count;
    }

    public boolean isClean() {
        return count == 0;
    }

    /** The first of them. */
    public List<Violation> violations() {
        return Collections.unmodifiableList(kept);
    }
}
