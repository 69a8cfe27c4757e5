package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a message counts is about what it takes in memory. */
class MessageSizeTest {

    @Test
    void aTextOfHangulCountsTwoBytesACharacter() {
        assertThat(size("가".repeat(500))).isEqualTo(Message.OVERHEAD_BYTES + 1_000);
        assertThat(size("a".repeat(499) + "가")).isEqualTo(Message.OVERHEAD_BYTES + 1_000);
        assertThat(size("é".repeat(500))).isEqualTo(Message.OVERHEAD_BYTES + 500);
    }

    @Test
    void theIdOfAPeerThatIsNotReachedCounts() {
        SessionId peer = new SessionId("p".repeat(60));

        assertThat(new Message.Undeliverable(peer, List.of(1L, 2L), Message.UndeliverableReason.OVERFLOW).size())
                .isEqualTo(Message.OVERHEAD_BYTES + 16 + 60);
    }

    private static long size(String text) {
        Source source = new Source(new Epoch("e"), 1);
        return new Message.Signalled(new SessionId("a"), source, new Signal(Signal.Kind.MESSAGE, null, text)).size();
    }
}
