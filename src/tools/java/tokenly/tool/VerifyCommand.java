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
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.PostgresServer;
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
        header = "${bundle:verify_header}",
        description = "${bundle:verify_description}",
        footer = "${bundle:verify_footer}")
final class VerifyCommand implements Callable<Integer> {

    /** Seeds that are drawn are short enough to be typed again; so are the names of runs. */
    private static final int SEEDS = 1_000_000;

    private static final int MOST_SECONDS = 24 * 60 * 60;
    private static final int MOST_SESSIONS = 2_000;
    private static final int MOST_RATE = 100_000;
    private static final int MOST_NODES = 9;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @ArgGroup
    private final Length length = new Length();

    /** One or the other. */
    private static final class Length {

        @Option(names = "--minutes", paramLabel = "M", description = "${bundle:minutes_option}")
        private @Nullable Integer minutes;

        @Option(names = "--seconds", paramLabel = "S", description = "${bundle:seconds_option}")
        private int seconds = 30;

        Duration get() {
            int all = minutes == null ? seconds : Math.multiplyExact(minutes, 60);
            UsageException.checkRange(minutes == null ? "--seconds" : "--minutes", all, 5, MOST_SECONDS);
            return Duration.ofSeconds(all);
        }
    }

    @Option(names = "--sessions", paramLabel = "N", description = "${bundle:sessions_option}")
    private int sessions = 40;

    @Option(names = "--rooms-of", paramLabel = "N", description = "${bundle:rooms_of_4_option}")
    private int roomsOf = 4;

    @Option(names = "--rate", paramLabel = "N", description = "${bundle:rate_option}")
    private int rate = 1_000;

    @Option(names = "--seed", paramLabel = "N", description = "${bundle:seed_option}")
    private long seed = RandomGenerator.getDefault().nextInt(SEEDS);

    @Option(names = "--faults", paramLabel = "FAULT,...", description = "${bundle:verify_faults_option}")
    private String faults = "all";

    @Option(names = "--url", paramLabel = "URL", description = "${bundle:verify_url_option}")
    private @Nullable URI url;

    @Option(names = "--nodes", paramLabel = "N", description = "${bundle:verify_nodes_option}")
    private int nodes;

    @Mixin
    private final TokenOptions token = new TokenOptions();

    @Option(names = "--json", description = "${bundle:json_result_option}")
    private boolean isJson;

    @Option(names = "--page", paramLabel = "FILE", description = "${bundle:page_option}")
    private Path page = Path.of("target", "verify.html");

    @Option(names = "--history", paramLabel = "FILE", description = "${bundle:history_option}")
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
        UsageException.checkRange("--sessions", sessions, 2, MOST_SESSIONS);
        UsageException.checkRange("--rooms-of", roomsOf, 2, MOST_SESSIONS);
        UsageException.checkRange("--rate", rate, 0, MOST_RATE);
        if (sessions % roomsOf == 1) {
            throw new UsageException("lonely_session", sessions, roomsOf);
        }
        if (url != null && (!"ws".equalsIgnoreCase(url.getScheme()) || url.getHost() == null)) {
            throw new UsageException("bad_url", url);
        }
        UsageException.checkRange("--nodes", nodes, 0, MOST_NODES);
        if (nodes > 0 && url != null) {
            throw new UsageException("nodes_and_url");
        }
        if (nodes > 0 && !PostgresServer.isInstalled()) {
            throw new UsageException("no_postgres");
        }
        AccessToken shown = token.get(url != null);
        VerifyPlan plan = new VerifyPlan(
                length.get(), sessions, roomsOf, rate, seed, kinds(), nodes, Optional.ofNullable(url), shown);
        return plan.withPossibleKinds();
    }

    private Set<FaultKind> kinds() {
        return switch (faults.toLowerCase(Locale.ROOT)) {
            case "all" -> EnumSet.allOf(FaultKind.class);
            case "none" -> EnumSet.noneOf(FaultKind.class);
            default ->
                Arrays.stream(faults.split(","))
                        .map(VerifyCommand::kind)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultKind.class)));
        };
    }

    private static FaultKind kind(String name) {
        return FaultKind.named(name.strip())
                .orElseThrow(() -> new UsageException(
                        "unknown_verify_fault",
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
                ProgressLine progress = new ProgressLine(screen, () -> progress(now.get()))) {
            screen.trouble(text.begin(run.history()));
            progress.start();
            return run.go(Integer.toString(RandomGenerator.getDefault().nextInt(SEEDS)), now::set);
        } catch (IOException failed) {
            throw new CliException(failed, "cannot_listen", "127.0.0.1", String.valueOf(failed.getMessage()), "--url");
        }
    }

    private String progress(@Nullable Progress progress) {
        if (progress == null) {
            return "";
        }
        List<FaultEvent> under = progress.faults().get();
        return common.language()
                .text(
                        "verify_progress",
                        progress.elapsed().toSeconds(),
                        String.format(Locale.ROOT, "%,d", progress.history().size()),
                        progress.pending().getAsInt(),
                        under.isEmpty()
                                ? Text.of("no_fault")
                                : under.stream().map(FaultEvent::toString).collect(Collectors.joining(", ")));
    }

    private void show(VerifyPlan plan, Verdict verdict, TextVerdict text) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            out.println(new JsonVerdict(plan, verdict).json());
            return;
        }
        text.troubles(verdict).forEach(line -> out.println(Paint.RED.on(line)));
        out.println(text.figures(verdict));
        text.kills(verdict).ifPresent(out::println);
        out.println((verdict.holds() ? Paint.GREEN : Paint.RED).on(text.headline(verdict)));
        out.println(common.language().text("verify_page", page));
        out.println(text.again());
    }
}
