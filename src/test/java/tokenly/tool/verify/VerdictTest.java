package tokenly.tool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.JsonDocument;
import tokenly.tool.text.Language;
import tokenly.tool.verify.history.Event;
import tokenly.tool.verify.history.History;
import tokenly.tool.verify.history.PeerChange;
import tokenly.tool.verify.history.Reason;
import tokenly.tool.verify.history.Recorder;
import tokenly.tool.verify.history.Terms;
import tokenly.tool.verify.history.Topology;
import tokenly.tool.verify.page.TimelinePage;
import tokenly.tool.verify.schedule.FaultKind;
import tokenly.tool.verify.schedule.FaultSchedule;

/** What is said about a run, in each of its forms. */
class VerdictTest {

    private static final VerifyPlan PLAN = new VerifyPlan(
            Duration.ofSeconds(30), 4, 2, 100, 42, Set.of(FaultKind.RESET), 0, Optional.empty(), AccessToken.NONE);

    private Duration now = Duration.ZERO;
    private final History history = new History(
            new Topology(PLAN.sessions(), PLAN.roomsOf()),
            new Terms(Duration.ofMinutes(1), 100, 100, true, false),
            FaultSchedule.of(PLAN.seed(), PLAN.length(), PLAN.sessions(), PLAN.kinds()),
            this::tick);
    private final Recorder recorder = new Recorder(history);
    private final TextVerdict english = new TextVerdict(PLAN, Language.EN);

    private Duration tick() {
        now = now.plusMillis(10);
        return now;
    }

    private Verdict good() {
        for (int instance = 0; instance < PLAN.sessions(); instance++) {
            recorder.opened(instance, 1);
            recorder.createAsked(instance, 1);
            recorder.created(instance, 1, instance);
            recorder.peer(instance, instance ^ 1, PeerChange.PRESENT);
        }
        recorder.sent(0, 1, 1);
        recorder.delivered(1, 0, 1);
        recorder.faultBegan(0);
        recorder.faultEnded(0);
        recorder.settled();
        return Verdict.on(history);
    }

    private Verdict bad() {
        good();
        recorder.sent(0, 2, 1);
        recorder.delivered(1, 0, 1);
        return Verdict.on(history);
    }

    @Test
    void aRunThatHoldsIsSaidInOneLine() {
        Verdict verdict = good();
        assertThat(verdict.holds()).isTrue();
        assertThat(english.headline(verdict))
                .isEqualTo("1 sent, 1 delivered, 0 refused by name, 0 lost in silence, 0 twice, 0 out of order");
        assertThat(new TextVerdict(PLAN, Language.KO).headline(verdict))
                .isEqualTo("보냄 1, 전달 1, 이유를 알린 거절 0, 알림 없는 유실 0, 중복 0, 순서 어긋남 0");
        assertThat(english.troubles(verdict)).isEmpty();
    }

    @Test
    void aRunThatDoesNotHoldIsSaidWithItsProof() {
        Verdict verdict = bad();
        assertThat(verdict.holds()).isFalse();
        assertThat(english.headline(verdict))
                .isEqualTo("2 sent, 1 delivered, 0 refused by name, 1 lost in silence, 1 twice, 0 out of order");
        assertThat(english.troubles(verdict))
                .contains("No instance processes a signal twice: broken 1 times")
                .anyMatch(line -> line.endsWith("s1 processed #1 of s0"));
    }

    @Test
    void whatIsRefusedStandsByItsReasonAndTheNumbersAddUp() {
        good();
        recorder.sent(0, 2, 1);
        recorder.failed(0, 2, 1, Reason.OVERFLOW);
        recorder.sent(0, 3, Event.ALL);
        recorder.failed(0, 3, 1, Reason.AWAY);
        recorder.sent(0, 4, 1);
        recorder.reset(1, 1, 9, Reason.NEW_INSTANCE);
        recorder.sent(0, 5, 1);
        recorder.failed(0, 5, 1, Reason.AWAY);
        recorder.delivered(1, 0, 5);

        assertThat(english.headline(Verdict.on(history)))
                .isEqualTo("5 sent, 2 delivered, 3 refused by name (addressee-began-anew 1, away 1, overflow 1),"
                        + " 0 lost in silence, 0 twice, 0 out of order");
    }

    @Test
    void theSameRunCanBeAskedForAgain() {
        assertThat(english.again())
                .endsWith(
                        "./tokenly verify --seed 42 --seconds 30 --sessions 4 --rooms-of 2 --rate 100 --faults reset");
    }

    @Test
    void programsGetOneJsonObject() {
        JsonDocument json =
                JsonDocument.parse(new JsonVerdict(PLAN, bad()).json().toString());
        assertThat(json.get("holds")).isEqualTo(false);
        assertThat(json.get("store_survives_restarts")).isEqualTo(true);
        assertThat(json.text())
                .contains(
                        "\"sent\":2,\"delivered\":1,\"refused\":{},\"lost\":1,\"duplicated\":1,\"out_of_order\":0",
                        "\"seed\":42");
        assertThat(json.text()).contains("s1 processed #1 of s0");
    }

    @Test
    void killsAreCountedAndDrawn() {
        History killed = new History(
                history.topology(),
                history.terms(),
                FaultSchedule.of(1, PLAN.length(), PLAN.sessions(), Set.of(FaultKind.KILL)),
                this::tick);
        Recorder kill = new Recorder(killed);
        for (int number = 0; number < 2; number++) {
            kill.faultBegan(number);
            kill.serverKilled();
            kill.serverStarted(number == 1);
            kill.faultEnded(number);
        }
        Verdict verdict = Verdict.on(killed);
        assertThat(english.kills(verdict))
                .contains("the server killed 2 times, 1 of them while it cleaned up its store");
        assertThat(english.kills(good())).isEmpty();
        assertThat(new JsonVerdict(PLAN, verdict).json().toString())
                .contains("\"faults\":{\"kill\":2}", "\"kills\":2,\"kills_while_cleaning\":1");
        assertThat(page(verdict, Language.EN)).contains("<rect class=kill x=", "#1 kill of 4 sessions");
    }

    @Test
    void whatAnAddresseeThatBeganAnewOrLeftDidNotAcknowledgeIsCountedByName() {
        List<Reason> reasons = List.of(Reason.RESTARTED, Reason.RESTARTED, Reason.LEFT, Reason.REPLACED);
        for (int number = 1; number <= reasons.size(); number++) {
            recorder.sent(0, number, 1);
            recorder.failed(0, number, 1, reasons.get(number - 1));
        }
        assertThat(english.headline(Verdict.on(history)))
                .isEqualTo("4 sent, 0 delivered, 4 refused by name (restarted 2, left 1, replaced 1), "
                        + "0 lost in silence, 0 twice, 0 out of order");
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = page(good(), Language.EN);
        assertThat(page).startsWith("<!doctype html>").contains("1 sent, 1 delivered", "s3</div>", "class=held");
        assertThat(page).doesNotContain("<script", "http:", "https:", "<link", "src=", "class=violation cx=\"");
    }

    @Test
    void thePageMarksWhatBreaksARule() {
        assertThat(page(bad(), Language.EN))
                .contains("<h1 class=broken>", "<tr class=broken>", "s1 processed #1 of s0", "<strong>once</strong>");
    }

    @Test
    void thePageSpeaksKorean() {
        assertThat(page(good(), Language.KO)).contains("<html lang=ko>", "세션 4개 중 4개의 타임라인", "충족");
    }

    @Test
    void whatIsWrittenOnThePageIsEscaped() {
        String page = new TimelinePage(good(), "<b>&\"", List.of("</p><script>"), Language.EN).html();
        assertThat(page).contains("&lt;b&gt;&amp;&quot;").doesNotContain("<b>", "<script>");
    }

    private String page(Verdict verdict, Language language) {
        TextVerdict text = new TextVerdict(PLAN, language);
        return new TimelinePage(verdict, text.headline(verdict), List.of(text.again()), language).html();
    }
}
