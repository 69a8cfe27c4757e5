package tokenly.session;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import tokenly.session.SessionState.Event;

class SessionStateTest {

    @Test
    void aWaitingSessionCannotBeLostAgainAndAnEndedOneStaysEnded() {
        assertThatIllegalStateException().isThrownBy(() -> SessionState.WAITING.after(Event.LOST));
        for (Event event : Event.values()) {
            assertThatIllegalStateException().isThrownBy(() -> SessionState.ENDED.after(event));
        }
    }
}
