package tokenly.tool;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tokenly.client.json.Json;
import tokenly.client.json.JsonObject;
import tokenly.tool.text.UsageException;

/** {@code tokenly token}: makes a token, signed with HS256. */
@Command(
        name = "token",
        header = "${bundle:token_header}",
        description = "${bundle:token_description}",
        footer = "${bundle:token_footer}")
final class TokenCommand implements Callable<Integer> {

    private static final Pattern TTL = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Duration LONGEST = Duration.ofDays(3_650);

    @Mixin
    @SuppressWarnings("unused") // picocli looks
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--sub", paramLabel = "NAME", description = "${bundle:token_sub_option}")
    private @Nullable String sub;

    @Mixin
    private final TokenGrants grants = new TokenGrants();

    @Option(names = "--ttl", paramLabel = "TIME", description = "${bundle:token_ttl_option}")
    private String ttl = "10m";

    @Option(names = "--issuer", paramLabel = "TEXT", description = "${bundle:token_issuer_option}")
    private @Nullable String issuer;

    @Option(names = "--audience", paramLabel = "TEXT", description = "${bundle:token_audience_option}")
    private @Nullable String audience;

    @Option(names = "--jti", paramLabel = "TEXT", description = "${bundle:token_jti_option}")
    private @Nullable String jti;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "${bundle:secret_file_option}")
    private @Nullable Path secretFile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        JsonObject claims = claims();
        TokenSecret secret = TokenSecret.find(secretFile, System.getenv());
        spec.commandLine().getOut().println(secret.sign(claims));
        return ExitCode.OK;
    }

    private JsonObject claims() {
        Map<String, Json> claims = new LinkedHashMap<>();
        claims.put(
                "sub",
                TokenGrants.id("--sub", sub)
                        .or(() -> TokenGrants.text(grants.session().orElse(null)))
                        .orElseThrow(() -> new UsageException("token_without_sub")));
        long expiry = InstantSource.system().instant().plus(life(ttl)).getEpochSecond();
        claims.put("exp", Json.Numeral.of(expiry));
        TokenGrants.text(issuer).ifPresent(name -> claims.put("iss", name));
        TokenGrants.text(audience).ifPresent(name -> claims.put("aud", name));
        TokenGrants.text(jti).ifPresent(name -> claims.put("jti", name));
        claims.put("tokenly", grants.claim());
        return JsonObject.of(claims);
    }

    private static Duration life(String text) {
        Matcher matcher = TTL.matcher(text);
        Duration life = matcher.matches() ? life(Long.parseLong(matcher.group(1)), matcher.group(2)) : Duration.ZERO;
        if (life.isZero() || life.compareTo(LONGEST) > 0) {
            throw new UsageException("bad_ttl", text);
        }
        return life;
    }

    private static Duration life(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
