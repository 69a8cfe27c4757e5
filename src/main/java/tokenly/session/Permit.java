package tokenly.session;

import org.jspecify.annotations.Nullable;

/** What a connection may do: what its token says, or everything on a server that asks for none. Immutable. */
public interface Permit {

    /** Everything, without an owner of the sessions: that of a connection to a server that asks for no tokens. */
    Permit EVERYTHING = new Uniform(true);

    /** Nothing: that of a connection which has still to show a token. */
    Permit NOTHING = new Uniform(false);

    /** Whether it may hold {@code session} in {@code room}. */
    boolean mayEnter(RoomId room, SessionId session);

    /** Whether its sessions may send signals of that kind to {@code to}, or to all others if that is null. */
    boolean maySend(Signal.Kind kind, @Nullable SessionId to);

    /** As what the sessions that it creates are in their rooms. */
    Role role();

    /**
     * The same answer to everything.
     *
     * @param isAllowed that answer
     */
    record Uniform(boolean isAllowed) implements Permit {

        @Override
        public boolean mayEnter(RoomId room, SessionId session) {
            return isAllowed;
        }

        @Override
        public boolean maySend(Signal.Kind kind, @Nullable SessionId to) {
            return isAllowed;
        }

        @Override
        public Role role() {
            return Role.OPEN;
        }
    }
}
