package tokenly.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tokenly.hostile.ClientFrames.Entry;
import tokenly.tool.server.JsonDocument;

/** Ids of characters that a log, a path, a format or a terminal could take for its own. They work, and the log shows them escaped. */
class OddIdsIT extends AttackContract {

    /** As they stand in JSON; all are allowed. */
    private static final List<String> ODD = List.of(
            "odd-\u2028-line",
            "odd-\u2029-paragraph",
            "odd-\u202e-right-to-left",
            "odd-\u2066-isolate",
            "odd-\u200b-nothing",
            "odd-\ufeff-mark",
            "odd-\ue000-private",
            "odd-\ud83d\udca3",
            "odd-%s%n%x",
            "odd-{0}${jndi:ldap://127.0.0.1/a}",
            "../../odd",
            "odd-\\\"quoted\\\"",
            "odd-\\\\",
            "odd-<script>",
            "constructor",
            "\u0130".repeat(128));

    /** What ends a line, turns its direction or cannot be seen. */
    private static final List<String> ESCAPED = List.of("\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\ufeff");

    /** As they stand in JSON; none is allowed. */
    private static final List<String> FORBIDDEN = List.of("", "a\\u0000", "a\\nb", "\\ud800", "__proto__");

    @Override
    void attack() throws Exception {
        int length = server().process().log().length();
        RawClient attacker = attacker(1);
        for (String id : FORBIDDEN) {
            attacker.send(ClientFrames.create(id, "odd"));
            assertThat(attacker.await("error").get("code")).as(id).isEqualTo("bad-id");
        }
        List<Entry> entries = ODD.stream()
                .map(id -> new Entry(id, ClientFrames.KEY, create(attacker, id)))
                .toList();
        attacker.reset();

        RawClient back = attacker(1).send(ClientFrames.resume("attacker", 2, entries));
        for (int i = 0; i < entries.size(); i++) {
            JsonDocument resumed = back.await("resumed");
            assertThat(resumed.get("outcome")).as(resumed.text()).isEqualTo("resumed");
        }
        for (String id : ODD) {
            back.send(ClientFrames.destroy(id)).await("peer-destroyed");
        }
        String log = server().process().log().substring(length);
        assertThat(log).contains("odd-%s%n%x").doesNotContain(ESCAPED);
    }

    private static String create(RawClient attacker, String id) {
        try {
            return attacker.create(id, id);
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
