package tokenly.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The server, PROTOCOL.md and src/test/vectors/close-codes.json, which the clients are held to, agree. */
class CloseCodesTest {

    private static final Pattern ROW = Pattern.compile("\\| (\\d{4}) \\| (.*) \\| (.*) \\|");

    private final Map<String, Map<String, String>> table = table();

    @Test
    void everyCodeHasTheReasonAndTheActOfTheTable() {
        Map<String, Map<String, String>> codes = new LinkedHashMap<>();
        for (CloseCode code : CloseCode.values()) {
            codes.put(String.valueOf(code.number()), row(code));
        }
        assertThat(codes).containsExactlyEntriesOf(table);
    }

    private static Map<String, String> row(CloseCode code) {
        Map<String, String> row = new LinkedHashMap<>();
        if (!code.reason().isEmpty()) {
            row.put("server", code.name());
            row.put("reason", code.reason());
        }
        row.put("client", WireName.of(code.act()).replace("-in-time", ""));
        if (code.act() == CloseCode.ClientAct.STOP) {
            row.put("error", code.wireName());
        }
        if (code.act() == CloseCode.ClientAct.RETRY_IN_TIME) {
            row.put("isTimed", "true");
        }
        return row;
    }

    @Test
    void theProtocolSaysWhatTheTableSays() throws IOException {
        String protocol = Files.readString(Path.of("PROTOCOL.md"));
        int begin = protocol.indexOf("\n## Close codes\n");
        String section = protocol.substring(begin, protocol.indexOf("\n## Reconnecting\n", begin));
        Map<String, String> documented = new LinkedHashMap<>();
        for (String line : section.lines().toList()) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(3));
            }
        }
        assertThat(documented.keySet()).containsExactlyElementsOf(table.keySet());
        documented.forEach((code, text) -> assertThat(text)
                .as(code)
                .matches(documentation(table.getOrDefault(code, Map.of())).pattern()));
    }

    private static Pattern documentation(Map<String, String> row) {
        String timed = row.containsKey("isTimed") ? "; after N ms where the reason is `retry_after_ms=N`" : "";
        return switch (row.getOrDefault("client", "")) {
            case "retry" -> Pattern.compile(Pattern.quote("comes back" + timed));
            case "retry-at-once" -> Pattern.compile("comes back at once.*");
            case "rest" -> Pattern.compile("rests until it wants a session.*");
            case "stop" -> Pattern.compile("stops: `" + row.get("error") + "`.*");
            default -> throw new AssertionError(row.toString());
        };
    }

    private static Map<String, Map<String, String>> table() {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        Path file = Path.of("src", "test", "vectors", "close-codes.json");
        try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                Map<String, String> row = new LinkedHashMap<>();
                rows.put(json.currentName(), row);
                json.nextToken();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    row.put(name, json.getText());
                }
            }
        } catch (IOException unreadable) {
            throw new AssertionError(file.toString(), unreadable);
        }
        return rows;
    }
}
