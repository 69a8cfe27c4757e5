package tokenly.cluster;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tokenly.access.Grants;
import tokenly.access.Identity;
import tokenly.access.SendGrant;
import tokenly.session.Permit;
import tokenly.session.Signal;

/** What a connection may do, as one node tells it to another: the token was verified where the client is. Fields as in a form. */
final class PermitText {

    private static final String EVERYTHING = "everything";
    private static final String NOTHING = "nothing";
    private static final String FIELD = "&";
    private static final String ITEM = ",";

    /** Stands before a value, so that "" is one that is absent. */
    private static final String VALUE = "=";

    private static final int FIELDS = 10;

    private PermitText() {}

    static String encode(Permit permit) {
        if (!(permit instanceof Identity identity)) {
            return permit.equals(Permit.EVERYTHING) ? EVERYTHING : NOTHING;
        }
        Grants grants = identity.grants();
        Set<String> to = grants.sending().to();
        String flags = (grants.seesOthers() ? "l" : "")
                + (grants.isHidden() ? "h" : "")
                + (grants.isGateway() ? "g" : "")
                + (grants.isAdmin() ? "a" : "");
        return Stream.of(
                        field(identity.subject()),
                        field(identity.tokenId()),
                        field(identity.expires().toString()),
                        field(grants.room()),
                        field(grants.roomPrefix()),
                        field(grants.session()),
                        field(grants.sessionPrefix()),
                        items(grants.sending().kinds().stream().map(Enum::name)),
                        to == null ? "" : items(to.stream()),
                        field(flags))
                .collect(Collectors.joining(FIELD));
    }

    private static String field(@Nullable String value) {
        return value == null ? "" : VALUE + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String items(Stream<String> items) {
        return VALUE
                + items.sorted()
                        .map(item -> URLEncoder.encode(item, StandardCharsets.UTF_8))
                        .collect(Collectors.joining(ITEM));
    }

    /** @throws IllegalArgumentException if {@code text} is none */
    static Permit decode(String text) {
        return switch (text) {
            case EVERYTHING -> Permit.EVERYTHING;
            case NOTHING -> Permit.NOTHING;
            default -> identity(List.of(text.split(FIELD, -1)));
        };
    }

    private static Identity identity(List<String> fields) {
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("a permit with " + fields.size() + " fields");
        }
        Set<Signal.Kind> kinds =
                items(fields.get(7)).stream().map(Signal.Kind::valueOf).collect(Collectors.toSet());
        String flags = some(fields.get(9));
        Grants grants = new Grants(
                value(fields.get(3)),
                value(fields.get(4)),
                value(fields.get(5)),
                value(fields.get(6)),
                new SendGrant(kinds, fields.get(8).isEmpty() ? null : items(fields.get(8))),
                flags.contains("l"),
                flags.contains("h"),
                flags.contains("g"),
                flags.contains("a"));
        return new Identity(some(fields.get(0)), value(fields.get(1)), Instant.parse(some(fields.get(2))), grants);
    }

    private static @Nullable String value(String field) {
        return field.isEmpty() ? null : some(field);
    }

    private static String some(String field) {
        return URLDecoder.decode(field.substring(VALUE.length()), StandardCharsets.UTF_8);
    }

    private static Set<String> items(String field) {
        String items = field.substring(VALUE.length());
        return items.isEmpty()
                ? Set.of()
                : Arrays.stream(items.split(ITEM))
                        .map(item -> URLDecoder.decode(item, StandardCharsets.UTF_8))
                        .collect(Collectors.toSet());
    }
}
