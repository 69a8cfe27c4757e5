package tokenly.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tokenly.session.Status.State;

/** {@code /status} at every moment of an outage, on the guide's policy: attempts are due 1, 3, 7, 15 and 31 s after a loss. */
class ReconnectModelTest {

    private final Fixture fixture = new Fixture();

    @Test
    void beforeAnyoneComes() {
        assertStatus(State.DISCONNECTED, 0, 0, 1, null);
    }

    @Test
    void aConnectionAloneIsConnected() {
        fixture.connect("a");
        assertStatus(State.CONNECTED, 0, 0, 1, null);
    }

    @Test
    void everyDueAttemptIsShownOnBothSidesOfItsMoment() {
        fixture.lose(fixture.join("a"));
        assertStatus(State.RECONNECTING, 1, 0, 1, null);

        assertTurnsAt(1, 0, 1, null);
        assertTurnsAt(3, 1, 2, 1);
        assertTurnsAt(7, 2, 4, 3);
        assertTurnsAt(15, 3, 8, 7);
        assertTurnsAt(31, 4, 16, 15);
        assertStatus(State.RECONNECTING, 1, 5, 16, 31);
    }

    @Test
    void givenUpWhenTheWindowIsOver() {
        fixture.lose(fixture.join("a"));
        fixture.timer.advanceMillis(59_999);
        assertStatus(State.RECONNECTING, 1, 5, 16, 31);
        fixture.timer.advanceMillis(1);
        assertStatus(State.FAILED, 0, 0, 1, 31);
    }

    @Test
    void backAgainTheAttemptWasSeen() {
        fixture.lose(fixture.join("a"));
        fixture.timer.advanceMillis(4_000);
        fixture.join("a");
        assertStatus(State.CONNECTED, 1, 0, 1, 4);
    }

    @Test
    void whoLeavesIsNoFailure() {
        FakeConnection a = fixture.join("a");
        fixture.switchboard.closed(a, DisconnectReason.LEAVING);
        assertStatus(State.DISCONNECTED, 0, 0, 1, null);

        FakeConnection b = fixture.join("b");
        fixture.switchboard.closed(b, DisconnectReason.GOING_AWAY);
        assertStatus(State.RECONNECTING, 1, 0, 1, null);
        fixture.timer.advanceMillis(5_000);
        assertStatus(State.DISCONNECTED, 0, 0, 1, 3);
    }

    @Test
    void afterAFailureAWaitThatEndsWellIsNoFailure() {
        fixture.lose(fixture.join("a"));
        fixture.timer.advanceMillis(60_000);
        fixture.lose(fixture.join("b"));
        FakeConnection again = fixture.join("b");
        fixture.switchboard.closed(again, DisconnectReason.LEAVING);
        assertStatus(State.DISCONNECTED, 0, 0, 1, 60);
    }

    @Test
    void attemptsAreThoseOfWhoeverHasWaitedLongest() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        fixture.lose(a);
        fixture.timer.advanceMillis(6_000);
        fixture.lose(b);
        fixture.timer.advanceMillis(500);
        assertStatus(State.RECONNECTING, 2, 2, 4, 3);
        fixture.timer.advanceMillis(500);
        assertStatus(State.RECONNECTING, 2, 3, 8, 7);

        fixture.join("a");
        fixture.timer.advanceMillis(2_500);
        assertStatus(State.CONNECTED, 2, 2, 4, 9);
    }

    @Test
    void aLaterLossMayHaveTheLatestAttempt() {
        FakeConnection a = fixture.join("a");
        FakeConnection b = fixture.join("b");
        fixture.lose(a);
        fixture.timer.advanceMillis(4_000);
        fixture.lose(b);
        fixture.timer.advanceMillis(1_000);
        assertStatus(State.RECONNECTING, 2, 2, 4, 5);
    }

    private void assertTurnsAt(int second, int attemptsBefore, int delayBefore, @Nullable Integer lastBefore) {
        Duration until = Duration.ofSeconds(second).minusMillis(1).minus(fixture.timer.now());
        fixture.timer.advance(until);
        assertStatus(State.RECONNECTING, 1, attemptsBefore, delayBefore, lastBefore);
        fixture.timer.advanceMillis(1);
        assertStatus(State.RECONNECTING, 1, attemptsBefore + 1, Math.min(delayBefore * 2, 16), second);
    }

    private void assertStatus(
            State state, int sessions, int attempts, int nextDelaySeconds, @Nullable Integer lastAttemptSecond) {
        Instant last = lastAttemptSecond == null ? null : FakeTimer.START.plusSeconds(lastAttemptSecond);
        assertThat(fixture.status())
                .isEqualTo(new Status(state, sessions, attempts, 5, Duration.ofSeconds(nextDelaySeconds), last));
    }
}
