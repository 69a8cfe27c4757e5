package tokenly.session;

import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A permit that says what a test wants. */
record FakePermit(Role role, BiPredicate<RoomId, SessionId> enters, Predicate<@Nullable SessionId> sendsTo)
        implements Permit {

    /** Everything, in that role. */
    static FakePermit of(Role role) {
        return new FakePermit(role, (room, session) -> true, to -> true);
    }

    /** Everything, as {@code owner}. */
    static FakePermit of(String owner) {
        return of(new Role(owner, false, true));
    }

    FakePermit entering(BiPredicate<RoomId, SessionId> granted) {
        return new FakePermit(role, granted, sendsTo);
    }

    FakePermit sendingTo(Predicate<@Nullable SessionId> allowed) {
        return new FakePermit(role, enters, allowed);
    }

    @Override
    public boolean mayEnter(RoomId room, SessionId session) {
        return enters.test(room, session);
    }

    @Override
    public boolean maySend(Signal.Kind kind, @Nullable SessionId to) {
        return sendsTo.test(to);
    }
}
