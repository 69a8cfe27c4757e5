package tokenly.tool.verify.check;

import java.util.List;
import tokenly.tool.verify.history.History;

/** Looks for violations of one {@link Rule}. Stateless. */
public interface Check {

    /** One for each rule, in the order of the rules. */
    List<Check> ALL = List.of(
            new PhantomCheck(),
            new OnceCheck(),
            new OrderCheck(),
            new GapCheck(),
            new LossCheck(),
            new OwnerCheck(),
            new AckCheck(),
            new FenceCheck(),
            new NumberCheck(),
            new MembershipCheck(),
            new SlowLinkCheck(),
            new ResetCheck(),
            new ResumeCheck(),
            new BoundCheck(),
            new StatusCheck());

    /** The one that tells whether all has arrived. */
    static Check nothingLost() {
        return new LossCheck();
    }

    /** Looks at all of {@code history}. */
    Findings of(History history);
}
