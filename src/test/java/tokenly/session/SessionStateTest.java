package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import tokenly.session.SessionState.Event;

class SessionStateTest {

    @Test
    void theTableHasTheseMoves() {
        assertThat(SessionState.CONNECTED.after(Event.LOST)).isEqualTo(SessionState.WAITING);
        assertThat(SessionState.CONNECTED.after(Event.ATTACHED)).isEqualTo(SessionState.CONNECTED);
        assertThat(SessionState.CONNECTED.after(Event.ENDED)).isEqualTo(SessionState.ENDED);
        assertThat(SessionState.WAITING.after(Event.ATTACHED)).isEqualTo(SessionState.CONNECTED);
        assertThat(SessionState.WAITING.after(Event.ENDED)).isEqualTo(SessionState.ENDED);
    }

    @Test
    void anyOtherMoveIsABug() {
        assertThatIllegalStateException().isThrownBy(() -> SessionState.WAITING.after(Event.LOST));
        for (Event event : Event.values()) {
            assertThatIllegalStateException().isThrownBy(() -> SessionState.ENDED.after(event));
        }
    }
}
