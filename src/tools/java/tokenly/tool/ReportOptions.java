package tokenly.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tokenly.tool.load.Report;
import tokenly.tool.text.Language;

/** The options of every command that puts load on a server, and how it shows what came of that. */
final class ReportOptions {

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--json", description = "${bundle:json_result_option}")
    private boolean isJson;

    /** What puts load on a server. */
    interface Run {
        Report go() throws IOException, InterruptedException;
    }

    Language language() {
        return common.language();
    }

    /**
     * Runs it, shows what came of it, and returns the exit code.
     *
     * @param command whose output is used
     * @param progress of the run, as a line for people; empty while there is none
     */
    int show(CommandSpec command, Supplier<String> progress, Run run) throws IOException, InterruptedException {
        PrintWriter out = command.commandLine().getOut();
        Report report;
        Screen screen = new Screen(out, command.commandLine().getErr());
        try (ProgressLine line = new ProgressLine(screen, progress)) {
            line.start();
            report = run.go();
        }
        if (isJson) {
            out.println(report.json(InstantSource.system().instant()));
        } else {
            report.tables(language()).forEach(out::println);
            out.println();
            report.problems(language()).forEach(line -> out.println(Paint.RED.on(line)));
            if (report.isAsExpected()) {
                out.println(Paint.GREEN.on(language().text("load_fine")));
            }
        }
        return report.isAsExpected() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Why something failed, for people. */
    static String reason(IOException failed) {
        return Optional.ofNullable(failed.getMessage()).orElse(failed.toString());
    }
}
