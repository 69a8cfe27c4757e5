package tokenly.hostile;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.LongStream;
import tokenly.tool.server.JsonDocument;

/**
 * Large rooms wait, and one member of each sends tiny broadcasts, each of which stands in all their mailboxes; then the server
 * is killed, and killed again to start with half the heap.
 */
class TinyBroadcastsIT extends AttackContract {

    private static final int BROADCASTS = 1_900;
    private static final int AT_ONCE = 200;

    @Override
    void attack() throws Exception {
        broadcast(1, "tiny", Scale.times(300));
        for (int room = 1; room <= 3; room++) {
            broadcast(1 + room, "tiny-" + room, Scale.times(100));
        }

        assertTold("quota-exceeded");
        killAndStart();
        good().assertANewcomerGetsIn();
        killAndStartSmaller();
    }

    private void broadcast(int address, String room, int members) throws IOException {
        RawClient waiting = attacker(address);
        waiting.create(Math.min(990, members), i -> room + "-" + i, i -> room);
        waiting.reset();
        RawClient sender = attacker(address);
        String session = room + "-sender";
        sender.create(session, room);
        for (long seq = 1; seq < BROADCASTS; seq += AT_ONCE) {
            sender.send(LongStream.range(seq, seq + AT_ONCE)
                    .mapToObj(n -> ClientFrames.broadcast(session, n, "\"n\":1"))
                    .toList());
            if (!isAcknowledged(sender, session, seq + AT_ONCE - 1)) {
                return;
            }
        }
    }

    /** Waits until all to {@code last} are acknowledged; false if the server refuses any of them before. */
    private static boolean isAcknowledged(RawClient sender, String session, long last) throws IOException {
        while (true) {
            Optional<JsonDocument> message = sender.next();
            if (message.isEmpty() || message.get().isA("error")) {
                return false;
            }
            if (message.get().isA("ack") && message.get().text().contains("\"" + session + "\":" + last)) {
                return true;
            }
        }
    }
}
