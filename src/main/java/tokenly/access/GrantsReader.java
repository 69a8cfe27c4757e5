package tokenly.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tokenly.protocol.IdRule;
import tokenly.protocol.WireName;
import tokenly.session.Signal;

/** Reads the claim {@code tokenly}: every member of its own type, unknown members ignored, nothing longer than an id. */
final class GrantsReader {

    /** Most ids, and kinds of signals, that a list names: a token bears them at every connect, and a connection holds them. */
    static final int MAX_ITEMS = 100;

    private final Map<?, ?> claim;

    /** A member is not what it has to be. */
    private static final class WrongMemberException extends Exception {

        private static final long serialVersionUID = 1;
    }

    private GrantsReader(Map<?, ?> claim) {
        this.claim = claim;
    }

    /** What {@code claim} grants, as parsed JSON, or null if the token has none; empty if it is malformed. */
    static Optional<Grants> read(@Nullable Object claim) {
        if (claim == null) {
            return Optional.of(Grants.NONE);
        }
        try {
            return claim instanceof Map<?, ?> members
                    ? Optional.of(new GrantsReader(members).grants())
                    : Optional.empty();
        } catch (WrongMemberException malformed) {
            return Optional.empty();
        }
    }

    private Grants grants() throws WrongMemberException {
        return new Grants(
                text("room"),
                text("roomPrefix"),
                text("session"),
                text("sessionPrefix"),
                sending(),
                flag("list", true),
                flag("hidden", false),
                flag("gateway", false),
                flag("admin", false));
    }

    private SendGrant sending() throws WrongMemberException {
        if (!(claim.get("send") instanceof Map<?, ?> members)) {
            return flag("send", true) ? SendGrant.ALL : SendGrant.NOTHING;
        }
        GrantsReader send = new GrantsReader(members);
        Set<String> types = send.texts("types");
        return new SendGrant(types == null ? SendGrant.ALL.kinds() : kinds(types), send.texts("to"));
    }

    /** Those of {@code types} that this server knows: a newer one may know more. */
    private static Set<Signal.Kind> kinds(Set<String> types) {
        return Arrays.stream(Signal.Kind.values())
                .filter(kind -> types.contains(WireName.of(kind)))
                .collect(Collectors.toSet());
    }

    private @Nullable String text(String name) throws WrongMemberException {
        return claim.containsKey(name) ? text(claim.get(name)) : null;
    }

    private static String text(@Nullable Object value) throws WrongMemberException {
        if (value instanceof String text && text.length() <= IdRule.MAX_LENGTH) {
            return text;
        }
        throw new WrongMemberException();
    }

    private @Nullable Set<String> texts(String name) throws WrongMemberException {
        if (!claim.containsKey(name)) {
            return null;
        }
        if (!(claim.get(name) instanceof List<?> items) || items.size() > MAX_ITEMS) {
            throw new WrongMemberException();
        }
        Set<String> texts = new HashSet<>();
        for (Object item : items) {
            texts.add(text(item));
        }
        return texts;
    }

    private boolean flag(String name, boolean byDefault) throws WrongMemberException {
        if (!claim.containsKey(name)) {
            return byDefault;
        }
        if (claim.get(name) instanceof Boolean flag) {
            return flag;
        }
        throw new WrongMemberException();
    }
}
