package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {

    static String[] valid() {
        return new String[] {"a", "test-session-1704096000000", "방", "😀", "a b", "x".repeat(128), "constructor"};
    }

    static String[] invalid() {
        return new String[] {
            "", "x".repeat(129), "__proto__", "a\nb", "\u0000", "\u007f", "\u0085", "\ud800", "a\udc00b"
        };
    }

    @ParameterizedTest
    @MethodSource("valid")
    void anIdMayBe(String id) {
        assertThat(new SessionId(id).value()).isEqualTo(id);
        assertThat(new RoomId(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void anIdMayNotBe(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionId(id));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\u001b[31m"})
    void theMessageNeverRepeatsTheId(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionId(id))
                .withMessage("an id holds no control characters");
    }
}
