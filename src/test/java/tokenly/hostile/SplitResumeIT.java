package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tokenly.hostile.ClientFrames.Entry;
import tokenly.tool.Polling;

/** Two connections of one instance come back with the same attempt at the same time, for the same sessions: one wins all of them. */
class SplitResumeIT extends AttackContract {

    private static final int SESSIONS = 20;

    /** For a busy machine; no test passes because it is reached. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Override
    void attack() throws Exception {
        for (int round = 0; round < Scale.times(10); round++) {
            contend("split-" + round + "-");
        }
    }

    private void contend(String prefix) throws IOException {
        RawClient first = attacker(1);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            String session = prefix + i;
            entries.add(new Entry(session, ClientFrames.KEY, first.create(session, session)));
        }
        first.reset();
        List<Entry> backwards = new ArrayList<>(entries);
        Collections.reverse(backwards);

        List<String> seen = new CopyOnWriteArrayList<>();
        RawClient one = attacker(1).listen(message -> seen.add(message.text()));
        RawClient other = attacker(1).listen(message -> seen.add(message.text()));
        one.send(ClientFrames.resume("attacker", 2, entries));
        other.send(ClientFrames.resume("attacker", 2, backwards));

        assertThat(Polling.until(LIMIT, () -> one.hasEnded() || other.hasEnded()))
                .as("one has lost")
                .isTrue();
        RawClient loser = one.hasEnded() ? one : other;
        RawClient winner = one.hasEnded() ? other : one;
        assertThat(loser.told().has("close 4009")).as("%s", loser.told()).isTrue();
        for (Entry entry : entries) {
            assertThat(winner.sendIfOpen(ClientFrames.broadcast(entry.session(), 1, "\"n\":1")))
                    .as("the other one has lost, too: %s", winner.told())
                    .isTrue();
        }
        assertThat(Polling.until(LIMIT, () -> acknowledged(seen) == SESSIONS))
                .as("the winner has all sessions, but %d: %s", acknowledged(seen), winner.told())
                .isTrue();
        for (Entry entry : entries) {
            winner.send(ClientFrames.destroy(entry.session()));
        }
    }

    /** How many sessions an ack names; each has sent one signal. */
    private static long acknowledged(List<String> seen) {
        return seen.stream()
                .filter(text -> text.startsWith("{\"type\":\"ack\""))
                .mapToLong(text -> text.chars().filter(c -> c == ':').count() - 2) // those of type and of received
                .sum();
    }
}
