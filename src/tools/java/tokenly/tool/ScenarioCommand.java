package tokenly.tool;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tokenly.tool.scenario.Scenarios;
import tokenly.tool.text.Language;
import tokenly.tool.text.UsageException;

/** {@code tokenly scenario}: plays scenarios of the reconnect guide, one after the other. */
@Command(
        name = "scenario",
        header = "${bundle:scenario_header}",
        description = "${bundle:scenario_description}",
        footer = "${bundle:scenario_footer}")
final class ScenarioCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--json", description = "${bundle:json_option}")
    private boolean isJson;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "${bundle:scenario_parameter}")
    private List<String> names = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (names.equals(List.of("list"))) {
            Arrays.stream(Scenarios.values()).forEach(scenario -> out.println(scenario.line(common.language())));
            return ExitCode.OK;
        }
        List<Scenarios> asked = names.equals(List.of("all"))
                ? List.of(Scenarios.values())
                : names.stream().map(this::named).toList();
        PrintWriter account = isJson ? spec.commandLine().getErr() : out;
        int failed = 0;
        for (Scenarios scenario : asked) {
            Scenarios.Outcome outcome = scenario.play(common.language(), account);
            if (isJson) {
                out.println(outcome.json());
            }
            failed += outcome.failure().isPresent() ? 1 : 0;
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Scenarios named(String name) {
        Language language = common.language();
        return Scenarios.named(name)
                .orElseThrow(() -> new UsageException(
                        "unknown_scenario",
                        name,
                        String.join(
                                "\n",
                                Arrays.stream(Scenarios.values())
                                        .map(scenario -> "  " + scenario.line(language))
                                        .toList())));
    }
}
