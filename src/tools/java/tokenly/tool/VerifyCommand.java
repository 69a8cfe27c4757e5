package tokenly.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.tool.text.Text;
import tokenly.tool.text.UsageException;
import tokenly.tool.verify.JsonVerdict;
import tokenly.tool.verify.Progress;
import tokenly.tool.verify.TextVerdict;
import tokenly.tool.verify.Verdict;
import tokenly.tool.verify.VerifyPlan;
import tokenly.tool.verify.VerifyRun;
import tokenly.tool.verify.schedule.FaultEvent;
import tokenly.tool.verify.schedule.FaultKind;

/** {@code tokenly verify}: lets sessions talk under faults and says whether anything was lost. */
@Command(
        name = "verify",
        header = "${bundle:VERIFY}",
        description = "${bundle:VERIFY_DESCRIPTION}",
        footer = "${bundle:VERIFY_FOOTER}")
final class VerifyCommand implements Callable<Integer> {

    /** Seeds that are drawn are short enough to be typed again; so are the names of runs. */
    private static final int SEEDS = 1_000_000;

    private static final int MOST_SECONDS = 24 * 60 * 60;
    private static final int MOST_SESSIONS = 2_000;
    private static final int MOST_RATE = 100_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @ArgGroup
    private final Length length = new Length();

    /** One or the other. */
    private static final class Length {

        @Option(names = "--minutes", paramLabel = "M", description = "${bundle:MINUTES_OPTION}")
        private @Nullable Integer minutes;

        @Option(names = "--seconds", paramLabel = "S", description = "${bundle:SECONDS_OPTION}")
        private int seconds = 30;

        Duration get() {
            int all = minutes == null ? seconds : Math.multiplyExact(minutes, 60);
            check(minutes == null ? "--seconds" : "--minutes", all, 5, MOST_SECONDS);
            return Duration.ofSeconds(all);
        }
    }

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:SESSIONS_OPTION}")
    private int sessions = 40;

    @Option(names = "--rooms-of", paramLabel = "N", description = "${bundle:ROOMS_OF_4_OPTION}")
    private int roomsOf = 4;

    @Option(names = "--rate", paramLabel = "N", description = "${bundle:RATE_OPTION}")
    private int rate = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "${bundle:SEED_OPTION}")
    private long seed = RandomGenerator.getDefault().nextInt(SEEDS);

    @Option(names = "--faults", paramLabel = "FAULT,...", description = "${bundle:VERIFY_FAULTS_OPTION}")
    private String faults = "all";

    @Option(names = "--url", paramLabel = "URL", description = "${bundle:VERIFY_URL_OPTION}")
    private @Nullable URI url;

    @Option(names = "--json", description = "${bundle:JSON_RESULT_OPTION}")
    private boolean isJson;

    @Option(names = "--page", paramLabel = "FILE", description = "${bundle:PAGE_OPTION}")
    private Path page = Path.of("target", "verify.html");

    @Option(names = "--history", paramLabel = "FILE", description = "${bundle:HISTORY_OPTION}")
    private @Nullable Path historyFile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws CliException {
        VerifyPlan plan = plan();
        TextVerdict text = new TextVerdict(plan, common.language());
        Verdict verdict = run(plan, text);
        VerifyFiles.writePage(page, verdict, text, common.language());
        if (historyFile != null) {
            VerifyFiles.writeHistory(historyFile, verdict.history());
        }
        show(plan, verdict, text);
        return verdict.holds() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private VerifyPlan plan() {
        check("--sessions", sessions, 2, MOST_SESSIONS);
        check("--rooms-of", roomsOf, 2, MOST_SESSIONS);
        check("--rate", rate, 0, MOST_RATE);
        if (sessions % roomsOf == 1) {
            throw new UsageException(Text.LONELY_SESSION, sessions, roomsOf);
        }
        if (url != null && (!"ws".equalsIgnoreCase(url.getScheme()) || url.getHost() == null)) {
            throw new UsageException(Text.BAD_URL, url);
        }
        return new VerifyPlan(length.get(), sessions, roomsOf, rate, seed, kinds(), Optional.ofNullable(url));
    }

    private static void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException(Text.VERIFY_OUT_OF_RANGE, option, value, least, most);
        }
    }

    private Set<FaultKind> kinds() {
        Set<FaultKind> kinds = switch (faults.toLowerCase(Locale.ROOT)) {
            case "all" -> EnumSet.allOf(FaultKind.class);
            case "none" -> EnumSet.noneOf(FaultKind.class);
            default ->
                Arrays.stream(faults.split(","))
                        .map(VerifyCommand::kind)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
        };
        if (url != null) {
            kinds.removeIf(FaultKind::needsOwnServer);
        }
        return kinds;
    }

    private static FaultKind kind(String name) {
        return FaultKind.named(name.strip())
                .orElseThrow(() -> new UsageException(
                        Text.UNKNOWN_VERIFY_FAULT,
                        name,
                        Arrays.stream(FaultKind.values())
                                .map(FaultKind::toString)
                                .collect(Collectors.joining(", "))));
    }

    private Verdict run(VerifyPlan plan, TextVerdict text) throws CliException {
        AtomicReference<Progress> now = new AtomicReference<>();
        Screen screen =
                new Screen(spec.commandLine().getOut(), spec.commandLine().getErr());
        try (VerifyRun run = new VerifyRun(plan);
                ProgressLine line = new ProgressLine(screen, () -> progress(now.get()));
                ProgressLog log = new ProgressLog(screen, () -> progress(now.get()))) {
            screen.trouble(text.begin(run.history()));
            if (Terminal.isAtStandardError()) {
                line.start();
            } else {
                log.start();
            }
            return run.go(Integer.toString(RandomGenerator.getDefault().nextInt(SEEDS)), now::set);
        } catch (IOException failed) {
            throw new CliException(
                    failed, Text.CANNOT_LISTEN, "127.0.0.1", String.valueOf(failed.getMessage()), "--url");
        }
    }

    private String progress(@Nullable Progress progress) {
        if (progress == null) {
            return "";
        }
        List<FaultEvent> under = progress.faults().get();
        return Text.VERIFY_PROGRESS.in(
                common.language(),
                progress.elapsed().toSeconds(),
                String.format(Locale.ROOT, "%,d", progress.history().size()),
                progress.pending().getAsInt(),
                under.isEmpty()
                        ? Text.NO_FAULT
                        : under.stream().map(FaultEvent::toString).collect(Collectors.joining(", ")));
    }

    private void show(VerifyPlan plan, Verdict verdict, TextVerdict text) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(new JsonVerdict(plan, verdict).text());
            return;
        }
        text.troubles(verdict).forEach(line -> out.println(Paint.RED.on(line)));
        out.println(text.figures(verdict));
        text.kills(verdict).ifPresent(out::println);
        out.println((verdict.holds() ? Paint.GREEN : Paint.RED).on(text.headline(verdict)));
        out.println(Text.VERIFY_PAGE.in(common.language(), page));
        out.println(text.again());
    }
}
