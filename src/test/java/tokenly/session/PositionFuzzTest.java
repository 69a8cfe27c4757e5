package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tokenly.fuzz.Corpus;

/** Whatever position and attempt a client names, its {@code resume} has one answer, and the session goes on without a gap. */
public class PositionFuzzTest {

    private static final int POSTED = 4; // to b: a's signals 1 to 3, and that c has joined
    private static final int SENT = 2; // by b

    /** A {@code resume} of any numbers, in the session's epoch or another. */
    public static final class Positions {

        public static void fuzzerTestOneInput(byte[] bytes) {
            resume(ByteBuffer.wrap(Arrays.copyOf(bytes, 1 + 4 * Long.BYTES)));
        }
    }

    @TestFactory
    List<DynamicTest> replaysItsCorpus() throws IOException {
        return List.of(Corpus.replay("position", Positions::fuzzerTestOneInput));
    }

    private static void resume(ByteBuffer input) {
        Fixture fixture = new Fixture();
        ResumablePeer a = new ResumablePeer(fixture, "a");
        ResumablePeer b = new ResumablePeer(fixture, "b");
        a.create();
        b.create();
        for (long seq = 1; seq < POSTED; seq++) {
            a.send(seq, Fixture.to("b", "to b"));
        }
        for (long seq = 1; seq <= SENT; seq++) {
            b.send(seq, Fixture.toAll("from b"));
        }
        new ResumablePeer(fixture, "c").create();
        b.learn();
        byte flags = input.get();
        if ((flags & 1) != 0) {
            b.lose();
        }
        if ((flags & 2) != 0) {
            b.continueIn(new Epoch("another"));
        }
        b.connect();
        long received = input.getLong();
        List<ServerEvent> told =
                b.resumeAt(new Position(b.epoch(), received, input.getLong(), input.getLong()), input.getLong());
        check(b, told, received);
    }

    private static void check(ResumablePeer b, List<ServerEvent> told, long received) {
        if (!b.connection.closeReasons.isEmpty()) {
            assertThat(b.connection.closeReasons).containsExactly(CloseReason.REPLACED);
            assertThat(told).isEmpty();
            return;
        }
        long accepted;
        if (told.get(0) instanceof ServerEvent.Resumed resumed) {
            assertThat(resumed.last()).isEqualTo(POSTED);
            assertThat(resumed.acceptedSeq()).isEqualTo(SENT);
            assertThat(told.stream().skip(1).map(event -> ((ServerEvent.Delivery) event).seq()))
                    .as("what is delivered after " + received)
                    .hasSize((int) (POSTED - received));
            accepted = SENT;
        } else {
            assertThat(told.get(0)).isInstanceOf(ServerEvent.Reset.class);
            accepted = 0;
        }
        b.send(accepted + 1, Fixture.to("a", "more"));
        assertThat(b.acknowledged()).isEqualTo(accepted + 1);
    }
}
