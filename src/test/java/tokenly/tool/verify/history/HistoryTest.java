package tokenly.tool.verify.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tokenly.tool.verify.schedule.FaultSchedule;

class HistoryTest {

    private Duration now = Duration.ZERO;
    private final Topology topology = new Topology(5, 2);
    private final History history = new History(
            topology, new Terms(Duration.ofMinutes(1), 10, 10, true, false), FaultSchedule.calm(5), () -> now);
    private final Recorder recorder = new Recorder(history);

    @Test
    void anEventComesBackAsItWasWritten() {
        now = Duration.ofNanos(1_234_567);
        recorder.failed(4, 1L << 52, Event.ALL, Reason.OVERFLOW);
        Event event = history.event(0);
        assertThat(event).isEqualTo(new Event(0, EventKind.FAILED, 1_234, 4, 1L << 52, -1, event.c()));
        assertThat(event.reason()).isEqualTo(Reason.OVERFLOW);
    }

    @Test
    void nobodyAndTheLastInstanceAreKept() {
        int last = (1 << 18) - 2;
        recorder.serverStarted(false);
        recorder.left(last);
        assertThat(history.event(0).who()).isEqualTo(Event.NOBODY);
        assertThat(history.event(1).who()).isEqualTo(last);
    }

    @Test
    void twelveDaysFitAndEveryKindToo() {
        now = Duration.ofDays(12);
        recorder.settled();
        assertThat(history.event(0).at()).isEqualTo(Duration.ofDays(12));
        assertThat(history.event(0).kind()).isEqualTo(EventKind.SETTLED);
    }

    @Test
    void manyEventsKeepTheirOrder() {
        int count = 200_000;
        for (int i = 0; i < count; i++) {
            recorder.sent(0, i, 1);
        }
        List<Long> numbers = new ArrayList<>();
        history.each(event -> numbers.add(event.a()));
        assertThat(numbers).hasSize(count).isSorted().endsWith((long) count - 1);
        assertThatThrownBy(() -> history.event(count)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void seatsAreNumberedAfterTheSessions() {
        assertThat(topology.addInstance(3)).isEqualTo(5);
        assertThat(topology.instancesOf(3)).containsExactly(3, 5);
        assertThat(topology.name(5)).isEqualTo("s3'");
        assertThat(topology.sessionsIn(2)).containsExactly(4);
        assertThat(topology.rooms()).isEqualTo(3);
    }
}
