package tokenly.app;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import tokenly.web.CrossOrigin;
import tokenly.wire.IceUrls;

/** What the value of a setting may look like. */
interface ValueForm {

    /** What stands for no value, where a setting may have none. */
    String NONE = "none";

    /** Whether {@code text}, which has no blanks around it, is such a value. */
    boolean accepts(String text);

    /** as people read it in docs/settings.md and in complaints. */
    String range();

    /** {@code text}, which may be no such value, as a log or a message may show it: what may be a secret as {@code ***}. */
    default String shown(String text) {
        return text;
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

    /** Any text but none at all, such as a path or a name; {@code what} says which. */
    record Text(String what) implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return !text.isEmpty() && text.indexOf(0) < 0;
        }

        @Override
        public String range() {
            return what;
        }
    }

    /** A value of another form, or {@value #NONE}. */
    record Optionally(ValueForm form) implements ValueForm {

        @Override
        public boolean accepts(String text) {
            return text.equals(NONE) || form.accepts(text);
        }

        @Override
        public String range() {
            return NONE + " or " + form.range();
        }

        @Override
        public String shown(String text) {
            return text.equals(NONE) ? text : form.shown(text);
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

    /** Where the ICE servers are that clients use. One with a user is refused, and shown without it. */
    record IceServerUrls() implements ValueForm {

        private static final Pattern USER_INFO = Pattern.compile(":[^,]*@");

        @Override
        public boolean accepts(String text) {
            return IceUrls.parse(text).isPresent();
        }

        @Override
        public String range() {
            return "stun:, stuns:, turn: and turns: URLs such as"
                    + " stun:turn.example.org:3478,turn:turn.example.org:3478?transport=udp";
        }

        @Override
        public String shown(String text) {
            return USER_INFO.matcher(text).replaceAll(":***@");
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
}
