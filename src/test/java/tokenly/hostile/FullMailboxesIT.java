package tokenly.hostile;

import java.io.IOException;

/**
 * Sessions wait, and connections of their own address fill their mailboxes with the longest signals, each mailbox below its
 * bounds; then the server is killed.
 */
class FullMailboxesIT extends AttackContract {

    private static final String LONG = "\"x\":\"" + "x".repeat(60_000) + "\"";

    /** About 3.6 MB from each sender: below what a connection may send at once. */
    private static final int SIGNALS_EACH = 60;

    @Override
    void attack() throws Exception {
        int victims = Scale.byHeap(Scale.times(40));
        RawClient waiting = attacker(1);
        waiting.create(victims, i -> "full-" + i, i -> "full");
        waiting.reset();

        for (int n = 0; n < victims / 5; n++) {
            fill("filler-" + n, n, victims);
        }
        assertTold("quota");
        killAndStart();
    }

    private void fill(String session, int first, int victims) throws IOException {
        RawClient sender = attacker(1);
        sender.create(session, "full");
        sender.listen();
        for (int i = 0; i < SIGNALS_EACH; i++) {
            int victim = (first * SIGNALS_EACH + i) % victims;
            sender.send(ClientFrames.message(session, "full-" + victim, i + 1, LONG));
        }
    }
}
