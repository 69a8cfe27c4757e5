package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tokenly.session.Role;
import tokenly.session.RoomId;
import tokenly.session.SessionId;
import tokenly.session.Signal;

class IdentityTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | lobby | alice | false",
                "{'room':'lobby'} | lobby | alice | true",
                "{'room':'lobby'} | lobby | bob | false",
                "{'room':'lobby'} | lobby2 | alice | false",
                "{'roomPrefix':'team-7/'} | team-7/a | alice | true",
                "{'roomPrefix':'team-7/'} | team-7 | alice | false",
                "{'roomPrefix':''} | any | alice | true",
                "{'room':'lobby','roomPrefix':'team-7/'} | lobby | alice | true",
                "{'room':'lobby','roomPrefix':'team-7/'} | team-7/a | alice | true",
                "{'room':'lobby','session':'a1'} | lobby | a1 | true",
                "{'room':'lobby','session':'a1'} | lobby | alice | false",
                "{'room':'lobby','sessionPrefix':'alice-'} | lobby | alice-2 | true",
                "{'room':'lobby','sessionPrefix':'alice-'} | lobby | alice | false",
                "{'room':'lobby','session':'alice','sessionPrefix':'alice-'} | lobby | alice | true",
            })
    void aTokenGrantsRoomsAndSessions(String claim, String room, String session, boolean isGranted) {
        assertThat(alice(claim).mayEnter(new RoomId(room), new SessionId(session)))
                .isEqualTo(isGranted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "all",
            value = {
                "{} | OFFER | all | true",
                "{'send':true} | MESSAGE | bob | true",
                "{'send':false} | MESSAGE | bob | false",
                "{'send':{}} | ICE_CANDIDATE | all | true",
                "{'send':{'types':['ice-candidate','bye']}} | ICE_CANDIDATE | all | true",
                "{'send':{'types':['ice-candidate','bye']}} | OFFER | all | false",
                "{'send':{'to':['bob']}} | OFFER | bob | true",
                "{'send':{'to':['bob']}} | OFFER | carol | false",
                "{'send':{'to':['bob']}} | OFFER | all | false",
                "{'send':{'to':[],'types':['offer']}} | OFFER | bob | false",
            })
    void aTokenGrantsSignals(String claim, Signal.Kind kind, @Nullable String to, boolean isGranted) {
        assertThat(alice(claim).maySend(kind, to == null ? null : new SessionId(to)))
                .isEqualTo(isGranted);
    }

    @Test
    void aTokenSaysAsWhatItsSessionsAreThere() {
        assertThat(alice("{}").role()).isEqualTo(new Role("alice", false, true));
        assertThat(alice("{'hidden':true,'list':false}").role()).isEqualTo(new Role("alice", true, false));
        Grants grants =
                alice("{'gateway':true,'admin':true,'more':{'of':'what'}}").grants();
        assertThat(grants.isGateway()).isTrue();
        assertThat(grants.isAdmin()).isTrue();
        assertThat(GrantsReader.read(null)).hasValue(Grants.NONE);
        assertThat(alice("{}").grants()).isEqualTo(Grants.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'room':null}",
                "{'room':['lobby']}",
                "{'roomPrefix':true}",
                "{'session':1}",
                "{'sessionPrefix':{}}",
                "{'send':'true'}",
                "{'send':null}",
                "{'send':['offer']}",
                "{'send':{'types':'offer'}}",
                "{'send':{'types':[1]}}",
                "{'send':{'to':'bob'}}",
                "{'send':{'to':[null]}}",
                "{'list':1}",
                "{'hidden':'false'}",
                "{'gateway':0}",
                "{'admin':'true'}",
            })
    void aMemberOfAnotherTypeIsMalformed(String claim) {
        assertThat(GrantsReader.read(json(claim))).isEmpty();
    }

    @Test
    void listsAndTextsAreBounded() {
        assertThat(GrantsReader.read(to(GrantsReader.MAX_ITEMS))).isPresent();
        assertThat(GrantsReader.read(to(GrantsReader.MAX_ITEMS + 1))).isEmpty();
        assertThat(GrantsReader.read(Map.of("roomPrefix", "x".repeat(128)))).isPresent();
        assertThat(GrantsReader.read(Map.of("roomPrefix", "x".repeat(129)))).isEmpty();
    }

    private static Map<String, Object> to(int count) {
        return Map.of("send", Map.of("to", Collections.nCopies(count, "bob")));
    }

    private static Identity alice(String claim) {
        return new Identity(
                "alice", null, Instant.MAX, GrantsReader.read(json(claim)).orElseThrow());
    }

    private static Object json(String text) {
        try {
            return JsonUtil.parseJson(text.replace('\'', '"'));
        } catch (JoseException bug) {
            throw new AssertionError(bug);
        }
    }
}
