package tokenly.tool.verify.check;

import java.util.Locale;
import tokenly.tool.text.Text;

/** What must hold. */
public enum Rule {
    /** What is processed was sent before, to the session that processes it, and just so. */
    NO_PHANTOM(Text.RULE_NO_PHANTOM),
    /** No instance processes a signal twice. */
    ONCE(Text.RULE_ONCE),
    /** The signals of one sender are processed in the order in which they were sent. */
    ORDER(Text.RULE_ORDER),
    /** Between two signals of one sender none is missing, unless that was named to one of the two sides. */
    NO_GAP(Text.RULE_NO_GAP),
    /** Each signal is processed, or named to its sender as lost, or to its receiver as written off. */
    NOTHING_LOST(Text.RULE_NOTHING_LOST),
    /** Acknowledgements only grow, and cover only what was sent. */
    ACKS(Text.RULE_ACKS),
    /** Nothing of an older attachment has any effect after the new one has begun. */
    FENCE(Text.RULE_FENCE),
    /** Mailbox messages are numbered without a gap, and begin where the client stands. */
    NUMBERS(Text.RULE_NUMBERS),
    /** What a session is told of its peers makes sense, and is true in the end. */
    MEMBERSHIP(Text.RULE_MEMBERSHIP),
    /** No session begins anew or is gone unless a fault of the schedule does that. */
    RESETS(Text.RULE_RESETS),
    /** Each resume ends in a named outcome, and in the end all clients are back. */
    RESUMES(Text.RULE_RESUMES),
    /** No mailbox and no client's buffer grows over its bound. */
    BOUNDS(Text.RULE_BOUNDS),
    /** {@code /status} says what the history says. */
    STATUS(Text.RULE_STATUS);

    private final Text text;

    Rule(Text text) {
        this.text = text;
    }

    /** What it demands, for people. */
    public Text text() {
        return text;
    }

    /** Its name in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
