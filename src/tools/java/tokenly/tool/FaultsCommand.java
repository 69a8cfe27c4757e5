package tokenly.tool;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tokenly.tool.faults.Fault;
import tokenly.tool.faults.FaultApi;
import tokenly.tool.faults.FaultProxy;

/** {@code tokenly faults}: runs a {@link FaultProxy} until it is told to quit. */
@Command(
        name = "faults",
        header = "${bundle:faults_header}",
        description = "${bundle:faults_description}",
        footer = "${bundle:faults_footer}")
final class FaultsCommand implements Callable<Integer> {

    /** For the look whether anybody listens at the target; nothing depends on it but a warning. */
    private static final Duration LOOK_LIMIT = Duration.ofSeconds(1);

    /** Seeds that are drawn are short enough to be typed again. */
    private static final int SEEDS = 1_000_000;

    @Mixin
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--listen", paramLabel = "[HOST:]PORT", description = "${bundle:listen_option}")
    private String listen = "3004";

    @Option(names = "--to", paramLabel = "[HOST:]PORT", description = "${bundle:to_option}")
    private String to = "3003";

    @Option(names = "--api", paramLabel = "PORT", description = "${bundle:api_option}")
    private @Nullable Integer apiPort;

    @Option(names = "--seed", paramLabel = "N", description = "${bundle:seed_option}")
    private long seed = RandomGenerator.getDefault().nextInt(SEEDS);

    @Option(names = "--json", description = "${bundle:json_option}")
    private boolean isJson;

    @Parameters(paramLabel = "FAULT", arity = "0..*", description = "${bundle:fault_parameter}")
    private List<String> expressions = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InputStream in;
    private final Supplier<Optional<Terminal>> terminal;

    FaultsCommand() {
        this(System.in, Terminal::ofKeys);
    }

    /**
     * The command with its own input.
     *
     * @param in where keys and lines come from
     * @param terminal at {@code in}, if it is one
     */
    FaultsCommand(InputStream in, Supplier<Optional<Terminal>> terminal) {
        this.in = in;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws CliException {
        List<Fault> faults = expressions.stream().map(Fault::parse).toList();
        InetSocketAddress target = Endpoint.parse(to);
        Screen screen =
                new Screen(spec.commandLine().getOut(), spec.commandLine().getErr());
        FaultsReport report = isJson
                ? new JsonFaultsReport(screen, InstantSource.system())
                : new TextFaultsReport(screen, common.language(), InstantSource.system());
        try (FaultProxy proxy = startProxy(target, report);
                FaultApi api = startApi(proxy);
                ProgressLine progress = new ProgressLine(screen, () -> report.progress(proxy))) {
            faults.forEach(proxy::add);
            report.listening(proxy, seed, Optional.ofNullable(api).map(FaultApi::address));
            warnIfNoServerIsAt(target, report);
            KeyBindings bindings = new KeyBindings(proxy, report, faults);
            progress.startOnTerminal();
            new Keyboard(in, terminal.get()).steer(bindings);
        }
        return ExitCode.OK;
    }

    private FaultProxy startProxy(InetSocketAddress target, FaultsReport report) throws CliException {
        InetSocketAddress address = Endpoint.parse(listen);
        try {
            return FaultProxy.start(address, target, seed, report);
        } catch (IOException failed) {
            throw Endpoint.cannotListen(failed, address, "--listen", "--listen");
        }
    }

    private @Nullable FaultApi startApi(FaultProxy proxy) throws CliException {
        if (apiPort == null) {
            return null;
        }
        InetSocketAddress address = Endpoint.parse(String.valueOf(apiPort));
        try {
            return FaultApi.start(proxy, address);
        } catch (IOException failed) {
            proxy.close();
            throw Endpoint.cannotListen(failed, address, "--api", "--api");
        }
    }

    private static void warnIfNoServerIsAt(InetSocketAddress target, FaultsReport report) {
        try (Socket look = new Socket()) {
            look.connect(target, (int) LOOK_LIMIT.toMillis());
        } catch (IOException refused) {
            report.unreachable(target);
        }
    }
}
