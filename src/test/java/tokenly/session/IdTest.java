package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    static String[][] unseen() {
        return new String[][] {
            {"a\u2028b", "a\\u2028b"}, // a line ends
            {"a\u2029b", "a\\u2029b"},
            {"\u202egnp", "\\u202egnp"}, // from right to left
            {"a\u2066b", "a\\u2066b"},
            {"a\u200bb", "a\\u200bb"}, // no width
            {"\ufeffa", "\\ufeffa"},
            {"a\u00ad", "a\\u00ad"},
            {"a\ue000", "a\\ue000"}, // for private use
            {"a\u0378", "a\\u0378"}, // unassigned
            {"a\udb40\udc41b", "a\\u{e0041}b"} // a tag
        };
    }

    @ParameterizedTest
    @MethodSource("unseen")
    void whatNoReaderSeesIsEscapedInTheLogAlone(String id, String logged) {
        assertThat(new SessionId(id)).hasToString(logged);
        assertThat(new RoomId(id)).hasToString(logged);
        assertThat(new Instance(id)).hasToString(logged);
        assertThat(new SessionId(id).value()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"alice", "방-1", "алиса", "عليّ", "नमस्ते", "日本\u3000語", "é", "e\u0301", "😀", "a b", "\\u202e"})
    void whatIsPrintableStays(String id) {
        assertThat(new SessionId(id)).hasToString(id);
    }

    @Test
    void anExecutorThatReportsAFailureNamesItsRoomAsTheLogShowsIt() {
        List<String> failed = new ArrayList<>();
        RoomExecutors executors = new RoomExecutors(
                Runnable::run,
                1,
                Long.MAX_VALUE,
                () -> Duration.ZERO,
                (room, failure) -> failed.add(room + ": " + failure));
        executors.open(new RoomId("a\u2028b")).add(() -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(failed).containsExactly("a\\u2028b: java.lang.IllegalStateException: a bug");
    }
}
