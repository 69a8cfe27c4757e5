package tokenly.app;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tokenly.access.AddressBlocks;
import tokenly.access.AllowedHosts;
import tokenly.access.AllowedOrigins;
import tokenly.access.IpAddress;
import tokenly.access.Revocations;
import tokenly.access.Tokens;
import tokenly.web.CrossOrigin;

/** What the value of a setting may look like. */
interface ValueForm {

    /** Whether {@code text}, which has no blanks around it, is such a value. */
    boolean accepts(String text);

    /** as people read it in docs/settings.md and in complaints. */
    String range();

    /** Whether no log and no message may show it. */
    default boolean isSecret() {
        return false;
    }

    /** A number of a range, both ends included; with a fraction only where the range is written with one. */
    record Range(BigDecimal min, BigDecimal max) implements ValueForm {

        @Override
        public boolean accepts(String text) {
            try {
                BigDecimal value = new BigDecimal(text);
                return value.compareTo(min) >= 0
                        && value.compareTo(max) <= 0
                        && (min.scale() > 0 || value.stripTrailingZeros().scale() <= 0);
            } catch (NumberFormatException none) {
                return false;
            }
        }

        @Override
        public String range() {
            return min.toPlainString() + " to " + max.toPlainString();
        }

        /** The number of the range that is closest to {@code value}. */
        BigDecimal nearest(BigDecimal value) {
            return value.max(min).min(max);
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return words.contains(text);
        }

        @Override
        public String range() {
            return String.join(" or ", words);
        }
    }

    /** A path of the file system. */
    record Directory() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return !text.isEmpty() && text.indexOf(0) < 0;
        }

        @Override
        public String range() {
            return "a path";
        }
    }

    /** A range of whole numbers, or {@value #AUTO}: the server computes it from its heap. */
    record Automatic(Range numbers) implements ValueForm {

        static final String AUTO = "auto";

        @Override
        public boolean accepts(String text) {
            return text.equals(AUTO) || numbers.accepts(text);
        }

        @Override
        public String range() {
            return AUTO + " or " + numbers.range();
        }
    }

    /** Where a server listens. */
    record HostAndPort() implements ValueForm {

        private static final Pattern SYNTAX = Pattern.compile("[^\\s/@]+:[0-9]{1,5}");

        @Override
        public boolean accepts(String text) {
            return SYNTAX.matcher(text).matches();
        }

        @Override
        public String range() {
            return "a host and a port such as localhost:3003";
        }
    }

    /** Which pages may read what is public. */
    record Origins() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return CrossOrigin.parse(text).isPresent();
        }

        @Override
        public String range() {
            return "* or none or origins such as https://app.example.org,http://localhost:8080";
        }
    }

    /** A list of addresses and blocks of them. */
    record Addresses() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return AddressBlocks.parse(text).isPresent();
        }

        @Override
        public String range() {
            return AddressBlocks.NONE_TEXT + " or addresses and blocks such as 10.0.0.0/8,::1";
        }
    }

    /** What stands for no value, where a setting may have none. */
    String NONE = "none";

    /** A key that signs tokens; no message may show it. */
    record Secret() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return text.equals(NONE) || text.getBytes(StandardCharsets.UTF_8).length >= Tokens.MIN_SECRET_BYTES;
        }

        @Override
        public String range() {
            return NONE + " or " + Tokens.MIN_SECRET_BYTES + " bytes or more, such as `openssl rand -base64 48` makes";
        }

        @Override
        public boolean isSecret() {
            return true;
        }
    }

    /** A text that is compared as it is, or a path, or neither; {@code what} says which. */
    record Optionally(String what) implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return !text.isEmpty() && text.indexOf(0) < 0;
        }

        @Override
        public String range() {
            return NONE + " or " + what;
        }
    }

    /** Where the public keys are. */
    record KeysPlace() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return isUrl(text) ? url(text).isPresent() : !text.isEmpty() && text.indexOf(0) < 0;
        }

        static boolean isUrl(String text) {
            return text.contains("://");
        }

        /** The URL, if keys that come from it are the ones that were sent: http is for the same host only. */
        static Optional<URI> url(String text) {
            try {
                URI url = new URI(text);
                boolean isSafe = "https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && url.getHost() != null && isLoopback(url.getHost()));
                return Optional.of(url).filter(any -> isSafe && url.getHost() != null && url.getUserInfo() == null);
            } catch (URISyntaxException none) {
                return Optional.empty();
            }
        }

        private static boolean isLoopback(String host) {
            AddressBlocks loopback = AddressBlocks.parse("127.0.0.0/8,::1").orElseThrow();
            return host.equals("localhost")
                    || IpAddress.parse(host).filter(loopback::contains).isPresent();
        }

        @Override
        public String range() {
            return NONE
                    + " or a path or a URL such as https://login.example.org/jwks.json (http on the same host only)";
        }
    }

    /** Subjects and ids of tokens. */
    record Revoked() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return text.equals(NONE) || Revocations.isList(text);
        }

        @Override
        public String range() {
            return NONE + " or names such as sub alice,jti 123";
        }
    }

    /** By which names clients may address the server. */
    record HostNames() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return AllowedHosts.parse(text).isPresent();
        }

        @Override
        public String range() {
            return "auto or * or host names without ports such as signal.example.org,10.0.0.7";
        }
    }

    /** Which pages may connect. */
    record PageOrigins() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return AllowedOrigins.parse(text).isPresent();
        }

        @Override
        public String range() {
            return "own or * or origins such as https://app.example.org,http://localhost:8080";
        }
    }

    /** What an administrator shows, as a header can carry it. */
    record AdminToken() implements ValueForm {

        static final String FORM = "16 or more ASCII characters without blanks";

        private static final Pattern SYNTAX = Pattern.compile("[!-~]{16,4096}");

        @Override
        public boolean accepts(String text) {
            return text.equals(NONE) || SYNTAX.matcher(text).matches();
        }

        @Override
        public String range() {
            return NONE + ", else " + FORM;
        }

        @Override
        public boolean isSecret() {
            return true;
        }
    }
}
