package tokenly.session;

/** What a session is told of its room: signals and membership, in one order. */
public sealed interface Message {

    /** {@code from} sent {@code signal}. */
    record Signalled(SessionId from, Signal signal) implements Message {}

    /** {@code peer} is new in the room. */
    record PeerJoined(SessionId peer) implements Message {}

    /** {@code peer} lost its connection; its place is held. */
    record PeerAway(SessionId peer) implements Message {}

    /** {@code peer} is on a connection again. */
    record PeerBack(SessionId peer) implements Message {}

    /** {@code peer} is no longer in the room. */
    record PeerLeft(SessionId peer, EndReason reason) implements Message {}
}
