package tokenly.web;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which origins (RFC 6454, section 6.2) may load the library and read {@code /status} and {@code /info}: none of
 * them holds a secret.
 *
 * @param origins as browsers send them; empty if none or any may
 */
public record CrossOrigin(Set<String> origins, boolean isAnyAllowed) {

    public static final String ANY = "*";
    private static final String NONE = "none";
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://[a-z0-9.-]+(:[0-9]{1,5})?|https?://\\[[0-9a-f:.]+](:[0-9]{1,5})?");

    /** Reads {@value #ANY}, {@value #NONE}, or origins with commas between them; empty if {@code text} is none of that. */
    public static Optional<CrossOrigin> parse(String text) {
        if (text.equals(ANY) || text.equals(NONE)) {
            return Optional.of(new CrossOrigin(Set.of(), text.equals(ANY)));
        }
        Set<String> origins =
                Arrays.stream(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        return origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())
                ? Optional.of(new CrossOrigin(origins, false))
                : Optional.empty();
    }

    /** The {@code Access-Control-Allow-Origin} for a page of {@code origin}; empty for one that may not read, or is of this server. */
    Optional<String> allow(@Nullable String origin) {
        if (isAnyAllowed) {
            return Optional.of(ANY);
        }
        return Optional.ofNullable(origin).filter(origins::contains);
    }
}
