package tokenly.session;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one session's client makes of its mailbox in one epoch: each message once, in order, none left out. */
final class ProcessedMailbox {

    private final World world;
    private final String instance;
    private final SessionId session;
    private final Epoch epoch;
    private final Map<SessionId, Boolean> peers = new TreeMap<>(World.byName()); // and whether each is away
    private long processed;
    private @Nullable Greeting awaited;

    /** Who is there once message {@code last} is processed. */
    private record Greeting(long last, List<RoomPeer> present) {}

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
    void greet(List<RoomPeer> present) {
        peers.clear();
        present.forEach(peer -> peers.put(peer.id(), peer.isAway()));
        awaited = null;
    }

    /** The same, as it is once the message numbered {@code last} is processed. */
    void greetAt(long last, List<RoomPeer> present) {
        awaited = new Greeting(last, present);
        greetIfDue();
    }

    private void greetIfDue() {
        if (awaited != null && awaited.last() <= processed) {
            greet(awaited.present());
        }
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
        greetIfDue();
    }

    private void writeOff(Message message) {
        if (!world.faultMix.mayForget()) {
            return; // what is lost is named one by one
        }
        if (message instanceof Message.PeerRestarted restarted && restarted.reason() != ResetReason.OVERFLOW) {
            world.deliveries.writtenOff(session, restarted.peer());
        } else if (message instanceof Message.PeerLeft left) {
            world.deliveries.writtenOff(session, left.peer());
        }
    }
}
