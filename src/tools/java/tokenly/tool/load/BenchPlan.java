package tokenly.tool.load;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tokenly.tool.server.AccessToken;
import tokenly.tool.text.UsageException;

/**
 * On what, and how often, is measured.
 *
 * @param url of a server that runs already; empty to start one
 * @param pid the process of that server, if it is on this machine
 * @param isCompared whether a plain relay is measured in turns with Tokenly
 * @param rounds of each
 * @param settings of the server that is started, in the form of the environment
 * @param token for the server at {@code url}
 */
public record BenchPlan(
        Optional<URI> url,
        OptionalLong pid,
        boolean isCompared,
        int rounds,
        Map<String, String> settings,
        AccessToken token) {

    private static final int MAX_ROUNDS = 100;

    /** @throws UsageException if these do not go together */
    public BenchPlan {
        if (url.isPresent()
                && (!"ws".equalsIgnoreCase(url.get().getScheme()) || url.get().getHost() == null)) {
            throw new UsageException("bad_url", url.get());
        }
        if (url.isPresent() && (isCompared || !settings.isEmpty())) {
            throw new UsageException("not_with_url", isCompared ? "--compare" : "--set");
        }
        if (url.isEmpty() && pid.isPresent()) {
            throw new UsageException("pid_without_url");
        }
        UsageException.checkRange("--rounds", rounds, 1, MAX_ROUNDS);
        settings = Map.copyOf(settings);
    }
}
