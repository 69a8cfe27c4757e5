package tokenly.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.access.Grants;
import tokenly.access.Identity;
import tokenly.access.SendGrant;
import tokenly.session.Permit;
import tokenly.session.Signal;
import tokenly.session.Status;

/** What nodes say to each other, as text. */
class LinkTextTest {

    @ParameterizedTest
    @EnumSource
    void aFrameIsReadAsItWasWritten(LinkFrame.Kind kind) {
        LinkFrame frame = LinkFrame.of(kind, 123_456, "one", "", "{\"a\":\t1}");
        LinkFrame read = LinkFrame.decode(frame.encode());
        assertThat(read).isEqualTo(frame);
        assertThat(read.fields(3)).containsExactly("one", "", "{\"a\":\t1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\t", "?1\t", "f\t", "f!\tbody"})
    void whatIsNoFrameIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkFrame.decode(text));
    }

    @Test
    void aMessageHasItsFramesInOrder() {
        List<String> bodies = new ArrayList<>();
        LinkFrames.each("b0\t\u001ec1\tLOST\u001ea2\ts\t7", frame -> bodies.add(frame.body()));
        assertThat(bodies).containsExactly("", "LOST", "s\t7");
    }

    @Test
    void aPermitIsReadAsItWasWritten() {
        Grants grants = new Grants(
                "room & more",
                "",
                null,
                "a=b,c\t",
                new SendGrant(Set.of(Signal.Kind.OFFER, Signal.Kind.MESSAGE), Set.of("x,y", "z")),
                false,
                true,
                true,
                false);
        Identity identity =
                new Identity("sub\u001e\u0000 \u00e9\ud83d\ude00", null, Instant.parse("2030-01-01T00:00:00Z"), grants);
        assertThat(PermitText.decode(PermitText.encode(identity))).isEqualTo(identity);
        Identity plain = new Identity("s", "id", Instant.EPOCH, Grants.NONE);
        assertThat(PermitText.decode(PermitText.encode(plain))).isEqualTo(plain);
        Identity mute = new Identity(
                "s",
                "",
                Instant.EPOCH,
                new Grants(null, null, null, null, SendGrant.NOTHING, true, false, false, true));
        assertThat(PermitText.decode(PermitText.encode(mute))).isEqualTo(mute);
        assertThat(PermitText.decode(PermitText.encode(Permit.EVERYTHING))).isSameAs(Permit.EVERYTHING);
        assertThat(PermitText.decode(PermitText.encode(Permit.NOTHING))).isSameAs(Permit.NOTHING);
        assertThat(PermitText.encode(identity)).doesNotContain("\t").doesNotContain("\u001e");
    }

    @Test
    void theStatusOfAllIsTheWorstWaitAndTheSumOfTheSessions() {
        Status own = new Status(Status.State.DISCONNECTED, 2, 0, 5, Duration.ofSeconds(1), null);
        Status other = new Status(
                Status.State.CONNECTED, 3, 2, 5, Duration.ofSeconds(4), Instant.parse("2026-01-01T10:00:00Z"));
        Status later = new Status(
                Status.State.RECONNECTING, 1, 1, 5, Duration.ofSeconds(2), Instant.parse("2026-01-01T11:00:00Z"));
        assertThat(StatusText.decode(StatusText.encode(own))).contains(own);
        assertThat(StatusText.decode(StatusText.encode(other))).contains(other);
        assertThat(StatusText.decode("of another version")).isEmpty();
        assertThat(StatusText.sum(own, List.of(other, later)))
                .isEqualTo(new Status(
                        Status.State.CONNECTED, 6, 2, 5, Duration.ofSeconds(4), Instant.parse("2026-01-01T11:00:00Z")));
    }

    @Test
    void whatWaitsGoesInOneMessageAndAFailureEndsTheQueue() {
        List<String> sent = new ArrayList<>();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        int[] broken = {0};
        LinkQueue queue = new LinkQueue(
                message -> {
                    sent.add(message);
                    stages.add(new CompletableFuture<>());
                    return stages.get(stages.size() - 1);
                },
                () -> broken[0]++,
                Runnable::run);
        queue.send(LinkFrame.of(LinkFrame.Kind.BEAT, 1));
        queue.send(LinkFrame.of(LinkFrame.Kind.BEAT, 2));
        queue.send(LinkFrame.of(LinkFrame.Kind.BEAT, 3));
        assertThat(sent).containsExactly("b1\t");
        stages.get(0).complete(null);
        assertThat(sent).containsExactly("b1\t", "b2\t\u001eb3\t");
        queue.send(LinkFrame.of(LinkFrame.Kind.BEAT, 4));
        stages.get(1).completeExceptionally(new IllegalStateException("cut"));
        assertThat(broken[0]).isEqualTo(1);
        queue.send(LinkFrame.of(LinkFrame.Kind.BEAT, 5));
        assertThat(sent).hasSize(2);
    }

    @Test
    void aNodeThatDoesNotReadFillsNoMemory() {
        int[] broken = {0};
        LinkQueue queue = new LinkQueue(message -> new CompletableFuture<>(), () -> broken[0]++, Runnable::run);
        String large = "x".repeat(1 << 20);
        for (int i = 0; i < 40; i++) {
            queue.send(LinkFrame.of(LinkFrame.Kind.DELIVERY, 1, "s", "+", large));
        }
        assertThat(broken[0]).isEqualTo(1);
    }
}
