package tokenly.tool;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.load.BenchPlan;

/** Which servers are measured. */
final class ServerOptions {

    @Option(names = "--url", paramLabel = "URL", description = "${bundle:bench_url_option}")
    private @Nullable URI url;

    @Option(names = "--pid", paramLabel = "PID", description = "${bundle:pid_option}")
    private @Nullable Long pid;

    @Option(names = "--compare", description = "${bundle:compare_option}")
    private boolean isCompared;

    @Mixin
    private final TokenOptions token = new TokenOptions();

    BenchPlan plan(int rounds, Map<String, String> settings) {
        return new BenchPlan(
                Optional.ofNullable(url),
                pid == null ? OptionalLong.empty() : OptionalLong.of(pid),
                isCompared,
                rounds,
                settings,
                token.get(url != null));
    }
}
