package tokenly.access;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from, as in an {@code Origin} header (RFC 6454, section 6.2); never {@code null}, which stands for an origin
 * that the browser does not name.
 *
 * @param scheme in lower case
 * @param authority with the default port of {@code scheme} filled in
 */
record WebOrigin(String scheme, Authority authority) {

    private static final Pattern SYNTAX = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30})://(.+)");

    /** Empty if {@code text} is no origin. */
    static Optional<WebOrigin> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = String.valueOf(matcher.group(1)).toLowerCase(Locale.ROOT);
        return Authority.parse(String.valueOf(matcher.group(2)))
                .map(authority -> new WebOrigin(scheme, withPort(scheme, authority)));
    }

    private static Authority withPort(String scheme, Authority authority) {
        if (authority.port().isPresent()) {
            return authority;
        }
        return new Authority(
                authority.host(),
                switch (scheme) {
                    case "http" -> OptionalInt.of(80);
                    case "https" -> OptionalInt.of(443);
                    default -> OptionalInt.empty();
                });
    }

    /** Whether this is a page of the server that a client has addressed by {@code host}. */
    boolean isOf(Authority host) {
        return isOfWeb() && withPort(scheme, host).equals(authority);
    }

    /** Whether this is a page of some server of this machine. */
    boolean isLoopback() {
        return isOfWeb() && authority.isLoopback();
    }

    /** Other schemes belong to extensions and apps, whose "host" is a name of their own. */
    private boolean isOfWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    @Override
    public String toString() {
        return scheme + "://" + authority;
    }
}
