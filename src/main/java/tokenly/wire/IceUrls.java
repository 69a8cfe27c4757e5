package tokenly.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the ICE servers are that clients of this server use. Immutable.
 *
 * @param stun {@code stun:} and {@code stuns:} URLs (RFC 7064); perhaps none
 * @param turn {@code turn:} and {@code turns:} URLs (RFC 7065); perhaps none
 */
public record IceUrls(List<String> stun, List<String> turn) {

    public static final IceUrls NONE = new IceUrls(List.of(), List.of());

    private static final String HOST = "(?:[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?|\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*])";
    private static final String PORT = "(?::([0-9]{1,5}))?";

    /** A browser refuses all of its servers for one URL of another form: a {@code stun:} URL has no query. */
    private static final Pattern SYNTAX =
            Pattern.compile("(?:stuns?:" + HOST + PORT + "|turns?:" + HOST + PORT + "(?:\\?transport=(?:udp|tcp))?)");

    private static final int MAX_PORT = 65_535;

    public IceUrls {
        stun = List.copyOf(stun);
        turn = List.copyOf(turn);
    }

    /** Reads one URL or more, with commas between them; empty if {@code text} is anything else. */
    public static Optional<IceUrls> parse(String text) {
        List<String> stun = new ArrayList<>();
        List<String> turn = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String url = part.strip();
            if (!isUrl(url)) {
                return Optional.empty();
            }
            (url.startsWith("turn") ? turn : stun).add(url);
        }
        return Optional.of(new IceUrls(stun, turn));
    }

    private static boolean isUrl(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches() && isPort(matcher.group(1)) && isPort(matcher.group(2));
    }

    private static boolean isPort(@Nullable String text) {
        return text == null || (Integer.parseInt(text) > 0 && Integer.parseInt(text) <= MAX_PORT);
    }
}
