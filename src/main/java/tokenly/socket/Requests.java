package tokenly.socket;

import tokenly.session.Connection;
import tokenly.session.Switchboard;
import tokenly.wire.Incoming;

/** Brings what clients ask for to the model. */
public final class Requests {

    private Requests() {}

    /**
     * Brings a frame about sessions that came on {@code connection}.
     *
     * @throws IllegalArgumentException if it is about none, which is a bug
     */
    public static void bring(Incoming incoming, Connection connection, Switchboard switchboard) {
        if (incoming instanceof Incoming.Signalling signalling) {
            switchboard.relay(
                    connection, signalling.session(), signalling.seq(), signalling.signal(), signalling.owner());
        } else if (incoming instanceof Incoming.Ack ack) {
            ack.received().forEach((session, received) -> switchboard.acknowledge(connection, session, received));
        } else if (incoming instanceof Incoming.CreatePeer create) {
            switchboard.create(connection, create.session(), create.room(), create.credentials());
        } else if (incoming instanceof Incoming.Resume resume) {
            switchboard.resume(
                    connection,
                    resume.sessions().stream()
                            .map(item -> new Switchboard.Returning(item.session(), item.credentials(), item.position()))
                            .toList());
        } else if (incoming instanceof Incoming.DestroyPeer destroy) {
            switchboard.destroy(connection, destroy.session());
        } else if (incoming instanceof Incoming.Leave) {
            switchboard.leave(connection);
        } else {
            throw new IllegalArgumentException("no branch for " + incoming.getClass());
        }
    }
}
