package tokenly.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The address of the server, which may be another one at each attempt. */
class AddressTest {

    private static final URI RTC = URI.create("ws://localhost/rtc");

    private static Scene scene(Supplier<CompletionStage<URI>> address) {
        return new Scene(ClientOptions.of(address));
    }

    @Test
    void isAskedForBeforeEachAttempt() {
        List<URI> tokens = new ArrayList<>();
        Scene scene = scene(() -> {
            tokens.add(URI.create("ws://localhost/rtc?token=" + tokens.size()));
            return CompletableFuture.completedStage(tokens.get(tokens.size() - 1));
        });
        scene.reconnect();
        scene.reconnect();
        assertThat(scene.transport.links).extracting(link -> link.address.uri()).containsExactlyElementsOf(tokens);
        assertThat(tokens).hasSize(3);
    }

    @Test
    void mayComeLaterButNotTooLate() {
        List<CompletableFuture<URI>> asked = new ArrayList<>();
        Scene scene = scene(() -> {
            asked.add(new CompletableFuture<>());
            return asked.get(asked.size() - 1);
        });
        assertThat(scene.transport.links).isEmpty();
        scene.timer.advanceMillis(10_000);
        assertThat(scene.told).containsSubsequence("lost 1 1006", "WAITING");
        scene.timer.advanceMillis(1_000);
        assertThat(asked).hasSize(2);
        asked.get(0).complete(RTC);
        assertThat(scene.transport.links).as("the attempt before is over").isEmpty();
        asked.get(1).complete(RTC);
        assertThat(scene.transport.links).hasSize(1);
        scene.welcome();
        assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
    }

    @Test
    void thatCannotBeHadFailsItsAttemptByName() {
        List<Supplier<CompletionStage<URI>>> bad = List.of(
                () -> {
                    throw new IllegalStateException("no token");
                },
                () -> CompletableFuture.failedStage(new IllegalStateException("no token")),
                () -> CompletableFuture.completedStage(URI.create("http://localhost/rtc?token=secret")));
        for (Supplier<CompletionStage<URI>> address : bad) {
            List<String> reasons = new ArrayList<>();
            Supplier<CompletionStage<URI>> later = new Supplier<>() {
                private int asked;

                @Override
                public CompletionStage<URI> get() {
                    return asked++ == 0 ? address.get() : CompletableFuture.completedStage(RTC);
                }
            };
            Scene scene = new Scene(ClientOptions.of(later), new ClientListener() {
                @Override
                public void lost(long attempt, int code, String reason) {
                    reasons.add(code + " " + reason);
                }
            });
            assertThat(reasons)
                    .singleElement()
                    .asString()
                    .startsWith("1006 address-failed: ")
                    .doesNotContain("secret");
            scene.timer.advanceMillis(1_000);
            scene.welcome();
            assertThat(scene.client.state()).isEqualTo(ClientState.CONNECTED);
        }
    }

    @Test
    void thatComesTooLateFailsItsAttemptByName() {
        List<String> reasons = new ArrayList<>();
        Scene scene = new Scene(ClientOptions.of(() -> new CompletableFuture<>()), new ClientListener() {
            @Override
            public void lost(long attempt, int code, String reason) {
                reasons.add(code + " " + reason);
            }
        });
        scene.timer.advanceMillis(9_999);
        assertThat(reasons).isEmpty();
        scene.timer.advanceMillis(1);
        assertThat(reasons).containsExactly("1006 address-failed: the function returned none in time");
    }

    @Test
    void isCheckedAtOnceWhereItIsFixedAndItsQueryIsNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientOptions.of(URI.create("http://localhost:3003/rtc?token=secret")))
                .withMessageContaining("ws://")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "ws://h/rtc, false",
        "ws://h/rtc?protocol=other, false",
        "ws://h/rtc?protocol=tokenly.v1, true",
        "ws://h/rtc?token=1&protocol=tokenly.v1.batched, true"
    })
    void mayAskForTheProtocol(URI address, boolean asks) {
        assertThat(new Address(address).asksForV1()).isEqualTo(asks);
    }

    @ParameterizedTest
    @CsvSource({
        "ws://h/rtc, false",
        "ws://h/access_token=1, false",
        "ws://h/rtc?no_access_token=1, false",
        "ws://h/rtc?access_token=1, true",
        "ws://h/rtc?room=r&access_token=1, true"
    })
    void mayHoldTheToken(URI address, boolean holds) {
        assertThat(new Address(address).holdsToken()).isEqualTo(holds);
    }
}
