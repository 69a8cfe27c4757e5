package tokenly.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Sockets that read nothing, plain and resumable, in rooms where much is sent to all. */
class SilentReadersIT extends AttackContract {

    private static final String LONG = "\"x\":\"" + "x".repeat(60_000) + "\"";
    private static final int READERS_EACH = 50;

    /** Of one sender: below what a connection may send at once. Two send more than the system's buffers and one queue take. */
    private static final int BROADCASTS = 60;

    private static final int SENDERS_EACH = 2;

    /** The least that a system gives: what the server cannot send stays with the server. */
    private static final int RECEIVE_BUFFER = 4_096;

    @Override
    void attack() throws Exception {
        List<RawClient> readers = new ArrayList<>();
        int rooms = Math.min(18, Scale.times(6));
        for (int n = 0; n < rooms; n++) {
            for (int i = 0; i < READERS_EACH; i++) {
                readers.add(silent(n, i));
            }
        }
        for (int n = 0; n < rooms; n++) {
            for (int i = 0; i < SENDERS_EACH; i++) {
                send(n, "talker-" + n + "-" + i);
            }
        }
        good().assertANewcomerGetsIn();
        for (int i = 0; i < readers.size() && !told().has("close 4012"); i++) {
            readers.get(i).readWhatIsThere();
        }
        assertTold("close 4012");
    }

    private RawClient silent(int room, int number) throws IOException {
        boolean isPlain = room % 2 == 0;
        RawClient reader = attacker(1 + room, RECEIVE_BUFFER, isPlain ? RawClient.PLAIN : RawClient.BATCHED);
        String session = "silent-" + room + "-" + number;
        reader.send(
                isPlain
                        ? ClientFrames.createPlain(session, "silent-" + room)
                        : ClientFrames.create(session, "silent-" + room));
        return reader;
    }

    private void send(int room, String session) throws IOException {
        RawClient sender = attacker(100 + room);
        sender.create(session, "silent-" + room);
        sender.listen();
        for (int seq = 1; seq <= BROADCASTS; seq++) {
            sender.send(ClientFrames.broadcast(session, seq, LONG));
        }
        sender.send(ClientFrames.ping());
        sender.awaitPong();
    }
}
