package tokenly.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sockets that read nothing, plain and resumable, in rooms where much is sent to all. */
class SilentReadersIT extends AttackContract {

    private static final String LONG = "\"x\":\"" + "x".repeat(60_000) + "\"";
    private static final int READERS_EACH = 60;

    /** Of one sender: below what a connection may send at once. Two send more than the system's buffers and one queue take. */
    private static final int BROADCASTS = 60;

    private static final int SENDERS_EACH = 2;

    /** The least that a system gives: what the server cannot send stays with the server. */
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    void attack() throws Exception {
        List<RawClient> readers = new ArrayList<>();
        int rooms = Math.min(15, Scale.times(8));
        for (int n = 0; n < rooms; n++) {
            for (int i = 0; i < READERS_EACH; i++) {
                readers.add(silent(n, i));
            }
        }
        send(rooms);
        good().assertANewcomerGetsIn();
        for (int i = 0; i < readers.size() && !told().has("close 4012"); i++) {
            readers.get(i).readWhatIsThere();
        }
        assertTold("close 4012");
    }

    private RawClient silent(int room, int number) throws IOException {
        boolean isPlain = room % 4 != 3;
        RawClient reader = attacker(1 + room, RECEIVE_BUFFER, isPlain ? RawClient.PLAIN : RawClient.BATCHED);
        String session = "silent-" + room + "-" + number;
        reader.send(
                isPlain
                        ? ClientFrames.createPlain(session, "silent-" + room)
                        : ClientFrames.create(session, "silent-" + room));
        return reader;
    }

    /** In turn, so that what waits for the readers grows in all rooms at once, for each below its own bound for long. */
    private void send(int rooms) throws IOException {
        for (int sender = 0; sender < SENDERS_EACH; sender++) {
            List<RawClient> senders = new ArrayList<>();
            for (int n = 0; n < rooms; n++) {
                senders.add(attacker(100 + n));
                senders.get(n).create(name(n, sender), "silent-" + n);
                senders.get(n).listen();
            }
            for (int seq = 1; seq <= BROADCASTS; seq++) {
                for (int n = 0; n < rooms; n++) {
                    senders.get(n).send(ClientFrames.broadcast(name(n, sender), seq, LONG));
                }
            }
            for (RawClient each : senders) {
                each.send(ClientFrames.ping());
                each.awaitPong();
            }
        }
    }

    private static String name(int room, int sender) {
        return "talker-" + room + "-" + sender;
    }
}
