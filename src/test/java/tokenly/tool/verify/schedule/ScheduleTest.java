package tokenly.tool.verify.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Set<FaultKind> EVERY = EnumSet.allOf(FaultKind.class);

    /** Those of one server. */
    private static final Set<FaultKind> ALL =
            EVERY.stream().filter(kind -> !kind.needsNodes()).collect(Collectors.toSet());

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(FaultSchedule.of(7, LENGTH, 40, ALL)).isEqualTo(FaultSchedule.of(7, LENGTH, 40, ALL));
        assertThat(FaultSchedule.of(7, LENGTH, 40, ALL)).isNotEqualTo(FaultSchedule.of(8, LENGTH, 40, ALL));
    }

    /** What is asked for first is drawn the same, so that a failing run can be made shorter. */
    @Test
    void theOrderInWhichKindsAreNamedDoesNotMatter() {
        List<FaultKind> kinds = List.of(FaultKind.TAKEOVER, FaultKind.RESET);
        assertThat(FaultSchedule.of(7, LENGTH, 40, kinds))
                .isEqualTo(FaultSchedule.of(7, LENGTH, 40, List.of(FaultKind.RESET, FaultKind.TAKEOVER)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachKindComesAndAllIsOverBeforeTheEnd(long seed) {
        Duration length = LENGTH.multipliedBy(3);
        List<FaultEvent> events = FaultSchedule.of(seed, length, 40, EVERY).events();
        assertThat(events).extracting(FaultEvent::kind).contains(FaultKind.values());
        assertThat(events).allSatisfy(event -> assertThat(event.ends()).isLessThanOrEqualTo(length.minusSeconds(2)));
        assertThat(events).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
        for (int number = 0; number < events.size(); number++) {
            assertThat(events.get(number).number()).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noGroupHasTwoFaultsOfItsOwnAtATime(long seed) {
        FaultSchedule schedule = FaultSchedule.of(seed, LENGTH, 40, ALL);
        for (int group = 0; group <= schedule.groups(); group++) {
            int place = group;
            List<FaultEvent> own = new ArrayList<>(schedule.events().stream()
                    .filter(event -> place(schedule, event) == place)
                    .toList());
            for (int i = 1; i < own.size(); i++) {
                assertThat(own.get(i).at()).isGreaterThan(own.get(i - 1).ends());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theServerIsKilledAtLeastEveryTwentySeconds(long seed) {
        Duration length = Duration.ofMinutes(30);
        List<Duration> kills = new ArrayList<>(List.of(Duration.ZERO));
        FaultSchedule.of(seed, length, 40, ALL).events().stream()
                .filter(event -> event.kind() == FaultKind.KILL)
                .forEach(event -> kills.add(event.at()));
        kills.add(length);
        for (int i = 1; i < kills.size(); i++) {
            assertThat(kills.get(i).minus(kills.get(i - 1))).isLessThanOrEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void whatIsDoneToTheServerDoesNotChangeWhatIsDoneToClients() {
        Set<FaultKind> withoutKills = EnumSet.complementOf(EnumSet.of(FaultKind.KILL, FaultKind.RESTART));
        assertThat(ofClients(withoutKills)).isEqualTo(ofClients(ALL)).isNotEmpty();
    }

    private static List<Duration> ofClients(Set<FaultKind> kinds) {
        return FaultSchedule.of(7, LENGTH, 40, kinds).events().stream()
                .filter(event -> !event.kind().isOfServer())
                .map(FaultEvent::at)
                .toList();
    }

    private static int place(FaultSchedule schedule, FaultEvent event) {
        return event.kind().scope() == FaultKind.Scope.SERVER
                ? schedule.groups()
                : schedule.group(event.sessions().get(0));
    }

    @Test
    void aFaultIsAboutASessionAGroupOrAll() {
        FaultSchedule schedule = FaultSchedule.of(3, LENGTH, 40, ALL);
        assertThat(schedule.events())
                .allSatisfy(event -> assertThat(event.sessions())
                        .hasSize(
                                switch (event.kind().scope()) {
                                    case SESSION -> 1;
                                    case GROUP -> 5;
                                    case SERVER -> 40;
                                }));
    }

    @Test
    void noKindsMeanNoFaults() {
        assertThat(FaultSchedule.of(1, LENGTH, 3, Set.of())).isEqualTo(FaultSchedule.calm(3));
        assertThat(FaultSchedule.calm(3).groups()).isEqualTo(3);
    }
}
