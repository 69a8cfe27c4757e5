package tokenly.app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** What the settings of the database and of the nodes may look like. */
final class StoreForms {

    private StoreForms() {}

    /** Where the database is. One with a password in it is refused, and shown without it. */
    record DatabaseUrl() implements ValueForm {

        private static final Pattern PASSWORD = Pattern.compile("(password=)[^&]*", Pattern.CASE_INSENSITIVE);

        @Override
        public boolean accepts(String text) {
            boolean isUrl = text.startsWith("jdbc:postgresql:")
                    && !PASSWORD.matcher(text).find();
            return (isUrl || text.startsWith("java:")) && text.chars().noneMatch(Character::isISOControl);
        }

        @Override
        public String range() {
            return "a URL such as jdbc:postgresql://db1,db2/tokenly?targetServerType=primary without a password, or the JNDI name"
                    + " of a DataSource such as java:comp/env/jdbc/tokenly";
        }

        @Override
        public String shown(String text) {
            return PASSWORD.matcher(text).replaceAll("$1***");
        }
    }

    /** The password of a user of the database. */
    record Password() implements AccessForms.Secret {

        private static final int MOST_BYTES = 1024;

        @Override
        public boolean accepts(byte[] bytes) {
            return bytes.length > 0 && bytes.length <= MOST_BYTES;
        }

        @Override
        public String range() {
            return "1 to " + MOST_BYTES + " bytes of UTF-8";
        }
    }

    /** Where other nodes reach this one. */
    record NodeUrl() implements ValueForm {

        @Override
        public boolean accepts(String text) {
            try {
                URI url = new URI(text);
                return ("ws".equals(url.getScheme()) || "wss".equals(url.getScheme()))
                        && url.getHost() != null
                        && url.getRawUserInfo() == null
                        && url.getRawQuery() == null
                        && url.getRawFragment() == null
                        && !text.endsWith("/");
            } catch (URISyntaxException none) {
                return false;
            }
        }

        @Override
        public String range() {
            return "a URL such as ws://10.0.0.1:3003, without a slash at the end";
        }
    }
}
