package tokenly.tool.verify.check;

import java.util.Locale;
import tokenly.tool.text.Text;

/** What must hold. */
public enum Rule {
    /** What is processed was sent before, to the session that processes it, and just so. */
    NO_PHANTOM,
    /** No instance processes a signal twice. */
    ONCE,
    /** The signals of one sender are processed in the order in which they were sent. */
    ORDER,
    /** Between two signals of one sender none is missing, unless that was named to one of the two sides. */
    NO_GAP,
    /** Each signal is processed, or named to its sender as lost, or to its receiver as written off. */
    NOTHING_LOST,
    /** A signal that was sent to an earlier owner of a name is never processed by a later one. */
    OWNERS,
    /** Acknowledgements only grow, and cover only what was sent. */
    ACKS,
    /** Nothing of an older attachment has any effect after the new one has begun. */
    FENCE,
    /** Mailbox messages are numbered without a gap, and begin where the client stands. */
    NUMBERS,
    /** What a session is told of its peers makes sense, and is true in the end. */
    MEMBERSHIP,
    /** A connection whose link is slow, and which suffers nothing else, is not lost. */
    SLOW_LINKS,
    /** No session begins anew or is gone unless a fault of the schedule does that. */
    RESETS,
    /** Each resume ends in a named outcome, and in the end all clients are back. */
    RESUMES,
    /** No mailbox and no client's buffer grows over its bound. */
    BOUNDS,
    /** {@code /status} says what the history says. */
    STATUS;

    /** What it demands, for people. */
    public Text text() {
        return Text.named("rule_", this);
    }

    /** Its name in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
