package tokenly.session;

import java.util.Map;
import java.util.TreeMap;

/** What one session's client makes of its mailbox in one epoch: each message once, in order, none left out. */
final class ProcessedMailbox {

    private final World world;
    private final String instance;
    private final SessionId session;
    private final Epoch epoch;
    private final Map<SessionId, Boolean> peers = new TreeMap<>(World.byName()); // and whether each is away
    private long processed;

    ProcessedMailbox(World world, String instance, SessionId session, Epoch epoch) {
        this.world = world;
        this.instance = instance;
        this.session = session;
        this.epoch = epoch;
    }

    long processed() {
        return processed;
    }

    Map<SessionId, Boolean> peers() {
        return peers;
    }

    /** The answer to its create or resume names all others. */
    void greet(Iterable<SessionId> present) {
        peers.clear();
        present.forEach(peer -> peers.put(peer, false));
    }

    void process(ServerEvent.Delivery delivery) {
        if (delivery.seq() <= processed) {
            return;
        }
        world.require(
                delivery.seq() == processed + 1, () -> session + " misses " + (processed + 1) + " before " + delivery);
        processed = delivery.seq();
        Message message = delivery.message();
        if (message instanceof Message.Signalled signalled) {
            world.deliveries.processed(instance, session, signalled);
        } else if (message instanceof Message.Undeliverable lost) {
            world.deliveries.undeliverable(session, epoch, lost.to(), lost.seqs());
        } else {
            Membership.follow(peers, message);
            writeOff(message);
        }
    }

    private void writeOff(Message message) {
        if (message instanceof Message.PeerLeft left) {
            world.deliveries.writtenOff(session, left.peer());
        } else if (message instanceof Message.PeerRestarted restarted && restarted.reason() != ResetReason.OVERFLOW) {
            world.deliveries.writtenOff(session, restarted.peer()); // what an overflow has cost is named one by one
        }
    }
}
