package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import tokenly.hostile.ClientFrames.Entry;
import tokenly.tool.server.JsonDocument;

/** Who asks for a session without its key does not learn whether there is one: the answer to a wrong key is that to an unknown id. */
class SameAnswerIT extends AttackContract {

    private static final String WRONG_KEY = "w".repeat(43);
    private static final String SESSION = "same-answer-1";
    private static final String UNKNOWN = "same-answer-2";

    @Override
    void attack() throws Exception {
        RawClient holder = attacker(1);
        String epoch = holder.create(SESSION, "same-answer");
        for (String subprotocol : List.of("tokenly.v1", RawClient.BATCHED)) {
            for (String claimed : List.of(epoch, "another-epoch")) {
                RawClient guesser = attacker(2, 0, subprotocol);
                String wrong = answer(guesser, SESSION, claimed);
                String unknown = answer(guesser, UNKNOWN, claimed);
                assertThat(wrong.replace(SESSION, UNKNOWN)).isEqualTo(unknown);
            }
        }
        holder.send(ClientFrames.ping()).await("pong");
    }

    private static String answer(RawClient guesser, String session, String epoch) throws IOException {
        guesser.send(ClientFrames.resume("guesser", 1, List.of(new Entry(session, WRONG_KEY, epoch))));
        JsonDocument resumed = guesser.await("resumed");
        assertThat(resumed.isFor(session)).isTrue();
        return resumed.text();
    }
}
