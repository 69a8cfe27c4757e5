package tokenly.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tokenly.access.AddressBlocks;
import tokenly.access.AllowedHosts;
import tokenly.access.AllowedOrigins;
import tokenly.access.HandshakeRules;
import tokenly.access.Revocations;
import tokenly.access.Tokens;

/** The forms of settings that say which clients may come in. */
final class AccessForms {

    private AccessForms() {}

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

    /** A secret, in a setting or in a file; no message shows it. */
    interface Secret extends ValueForm {

        /** Whether {@code bytes} are such a secret. */
        boolean accepts(byte[] bytes);

        @Override
        default boolean accepts(String text) {
            return accepts(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        default String shown(String text) {
            return "***";
        }
    }

    /** A secret that a header, or a line of a configuration file, can carry. */
    record AsciiSecret() implements Secret {

        private static final Pattern SYNTAX = Pattern.compile("[!-~]{16,4096}");

        @Override
        public boolean accepts(byte[] bytes) {
            return SYNTAX.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                    .matches();
        }

        @Override
        public String range() {
            return "16 to 4096 ASCII characters without blanks, such as `openssl rand -hex 32` makes";
        }
    }

    /** A key that signs tokens: any bytes. */
    record TokenSecret() implements Secret {

        @Override
        public boolean accepts(byte[] bytes) {
            return bytes.length >= Tokens.MIN_SECRET_BYTES;
        }

        @Override
        public String range() {
            return Tokens.MIN_SECRET_BYTES + " bytes or more, such as `openssl rand -base64 48` makes";
        }
    }

    /** Where the public keys are: a path or a URL. A URL is shown without user information, query and fragment. */
    record KeysPlace() implements ValueForm {

        private static final ValueForm PATH = new ValueForm.Text("a path");

        /** Up to the last @: a password may hold what ends the user information of a URL. */
        private static final Pattern USER_INFO = Pattern.compile("://.*@", Pattern.DOTALL);

        private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

        @Override
        public boolean accepts(String text) {
            return isUrl(text) ? url(text).isPresent() : PATH.accepts(text);
        }

        static boolean isUrl(String text) {
            return text.contains("://");
        }

        /** The URL, if keys that come from it are the ones that were sent: http is for the same host only. */
        static Optional<URI> url(String text) {
            try {
                URI url = new URI(text);
                String host = url.getHost();
                boolean isSafe = "https".equals(url.getScheme())
                        || ("http".equals(url.getScheme()) && host != null && HandshakeRules.isLoopback(host));
                return Optional.of(url).filter(any -> isSafe && host != null && url.getUserInfo() == null);
            } catch (URISyntaxException none) {
                return Optional.empty();
            }
        }

        @Override
        public String range() {
            return PATH.range() + " or a URL such as https://login.example.org/jwks.json (http on the same host only)";
        }

        @Override
        public String shown(String text) {
            if (!isUrl(text)) {
                return text;
            }
            String anonymous =
                    url(text).isPresent() ? text : USER_INFO.matcher(text).replaceFirst("://***@");
            return QUERY.matcher(anonymous).replaceFirst("?***");
        }
    }

    /** Subjects and ids of tokens. */
    record Revoked() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return Revocations.isList(text);
        }

        @Override
        public String range() {
            return "names such as sub alice,jti 123";
        }
    }
}
