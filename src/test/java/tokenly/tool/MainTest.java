package tokenly.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tokenly.tool.text.Language;
import tokenly.tool.verify.schedule.FaultKind;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine(arguments);
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--lang=en", "--help --lang=en", "-h --lang en"})
    void theHelpNamesEveryCommand(String arguments) {
        assertThat(run(arguments.split(" "))).isZero();
        assertThat(out.toString())
                .contains("Usage: tokenly")
                .contains("Commands:")
                .containsPattern("faults +A TCP fault proxy")
                .contains("Exit codes: 0 success")
                .endsWith("\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpIsACommandToo() {
        assertThat(run("help", "--lang=en")).isZero();
        assertThat(out.toString()).contains("Usage: tokenly", "Commands:", "Shows the help of a command");
        out.getBuffer().setLength(0);
        assertThat(run("help", "faults", "--lang=en")).isZero();
        assertThat(out.toString()).contains("Usage: tokenly faults");
        assertThat(run("help", "foo", "--lang=en")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown command or argument: foo");
    }

    @Test
    void theHelpOfACommandNamesItsOptionsAndFaults() {
        assertThat(run("faults", "--help", "--lang=en")).isZero();
        assertThat(out.toString())
                .contains("--listen", "--to", "--api", "--seed", "--json", "--lang=ko|en")
                .contains("latency=TIME[,jitter=TIME]", "limit_data=SIZE", "Example: tokenly faults")
                .doesNotContain("${", "%");
    }

    @Test
    void theHelpOfVerifyNamesEveryFault() {
        assertThat(run("verify", "--help", "--lang=en")).isZero();
        for (FaultKind kind : FaultKind.values()) {
            assertThat(out.toString()).containsPattern("(?m)^ *" + kind + "[ *]");
        }
        assertThat(out.toString()).doesNotContain("${", "%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay", "latency", "storm", "idle", "restart"})
    void theHelpOfLoadNamesItsWorkloads(String workload) {
        assertThat(run("load", "--help", "--lang=en")).isZero();
        assertThat(out.toString()).contains("--connections").containsPattern("(?m)^ +" + workload + " +Measures");
        out.getBuffer().setLength(0);
        assertThat(run("load", workload, "--help", "--lang=en")).isZero();
        assertThat(out.toString())
                .contains("Usage: tokenly load " + workload, "--rounds=N", "Example: tokenly load " + workload)
                .doesNotContain("${", "%");
    }

    @Test
    void theHelpSpeaksKorean() {
        assertThat(run("--lang", "ko", "faults", "--help")).isZero();
        assertThat(out.toString()).contains("사용법: tokenly faults", "옵션:", "예: tokenly faults");
    }

    @Test
    void theLastLanguageThatIsAskedForCounts() {
        assertThat(CommonOptions.language(new String[] {"--lang=ko", "--lang", "en"}, Locale.KOREA))
                .isEqualTo(Language.EN);
        assertThat(CommonOptions.language(new String[] {"faults", "--lang"}, Locale.KOREA))
                .isEqualTo(Language.KO);
        assertThat(CommonOptions.language(new String[] {"--lang=fr"}, Locale.US))
                .isEqualTo(Language.EN);
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("tokenly ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        foo                         | Unknown command or argument: foo
        --foo                       | Unknown command or argument: --foo
        faults --foo                | Unknown command or argument: --foo
        faults --listen             | Missing
        faults --listen=x           | 'x' is not an address
        faults --listen=65536       | '65536' is not an address
        faults --to=a..b:1          | Unknown host: 'a..b'
        faults --api=x              | --api
        faults --api=65536          | '65536' is not an address
        faults latncy=1ms           | There is no fault 'latncy'
        faults latency=1            | latency cannot be '1'
        verify --seconds=4          | --seconds cannot be 4. It goes from 5
        verify --sessions=1         | --sessions cannot be 1
        verify --sessions=5         | leave one alone
        verify --rate=-1            | --rate cannot be -1
        verify --faults=rest        | There is no fault 'rest'. There are: reset
        verify --url=http://a/rtc   | is not a WebSocket URL
        verify --seconds=9 --minutes=1 | mutually exclusive
        verify --token=x            | give its --url, too
        load storm --token=x        | give its --url, too
        load --token=x --token-file=y | Use either --token or --token-file
        load --token-file=/none/y   | Cannot read /none/y
        load foo                    | Unknown command or argument: foo
        load relay --pairs=0        | --pairs cannot be 0. It goes from 1
        load relay --in-flight=0    | --in-flight cannot be 0
        load relay --url=http://a   | is not a WebSocket URL
        load relay --url=ws://a/rtc --compare | --compare needs a server of its own
        load latency --rate=0       | --rate cannot be 0
        load latency --pid=1        | give --url, too
        load storm --sessions=0     | --sessions cannot be 0
        load idle --rounds=0        | --rounds cannot be 0
        load restart --records=5    | --records cannot be 5. It goes from 1000
        load restart --url=ws://a/rtc | Unknown command or argument: --url
        --lang=fr                   | fr
        """)
    void wrongUsageIsExplainedWithExitCode2(String arguments, String complaint) {
        String[] english = ("--lang=en " + arguments).split(" ");
        assertThat(run(arguments.contains("--lang") ? arguments.split(" ") : english))
                .isEqualTo(2);
        assertThat(err.toString()).contains(complaint).contains("See: tokenly");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void wrongUsageIsExplainedInKorean() {
        assertThat(run("faults", "--lang=ko", "upstrem:down")).isEqualTo(2);
        assertThat(err.toString()).contains("방향은 없습니다").contains("도움말: tokenly faults --help");
    }

    @ParameterizedTest
    @CsvSource({"3003, 127.0.0.1:3003", "127.0.0.2:1, 127.0.0.2:1", "[::1]:80, [0:0:0:0:0:0:0:1]:80"})
    void anAddressIsAPortOrAHostAndAPort(String text, String address) {
        assertThat(Endpoint.format(Endpoint.parse(text))).isEqualTo(address);
    }
}
