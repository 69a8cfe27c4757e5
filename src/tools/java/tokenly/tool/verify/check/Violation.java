package tokenly.tool.verify.check;

import java.util.List;
import tokenly.tool.verify.history.Event;

/**
 * A rule does not hold.
 *
 * @param what is wrong, in a few words
 * @param proof the events that show it, in their order
 */
public record Violation(Rule rule, String what, List<Event> proof) {

    public Violation {
        proof = List.copyOf(proof);
    }
}
