package tokenly.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tokenly.session.SessionId;
import tokenly.session.Signal;

/**
 * Which signals a token lets its sessions send.
 *
 * @param kinds of the signals
 * @param to ids of the only sessions that they may go to, and then none may go to all others; null for any and all
 */
public record SendGrant(Set<Signal.Kind> kinds, @Nullable Set<String> to) {

    /** Every signal to everyone. */
    public static final SendGrant ALL = new SendGrant(Set.of(Signal.Kind.values()), null);

    /** No signal. */
    public static final SendGrant NOTHING = new SendGrant(Set.of(), null);

    public SendGrant {
        kinds = Set.copyOf(kinds);
        to = to == null ? null : Set.copyOf(to);
    }

    boolean includes(Signal.Kind kind, @Nullable SessionId addressee) {
        return kinds.contains(kind) && (to == null || (addressee != null && to.contains(addressee.value())));
    }
}
