package tokenly.access;

import org.jspecify.annotations.Nullable;

/**
 * What a token grants: its claim {@code tokenly} (docs/tokens.md, "What a token says").
 *
 * @param room the id of a room that may be joined; null if none is named
 * @param roomPrefix rooms whose id begins so may be joined, "" for all; null if none
 * @param session the id of a session that may be held; null if none is named
 * @param sessionPrefix sessions whose id begins so may be held, "" for all; null if none
 * @param sending which signals may be sent
 * @param seesOthers whether it is told who else is there
 * @param isHidden whether others are not told that it is there
 * @param isGateway whether it speaks for many: the limits of one address and one connection do not apply
 * @param isAdmin whether it may read what is for the operator
 */
public record Grants(
        @Nullable String room,
        @Nullable String roomPrefix,
        @Nullable String session,
        @Nullable String sessionPrefix,
        SendGrant sending,
        boolean seesOthers,
        boolean isHidden,
        boolean isGateway,
        boolean isAdmin) {

    /** Of a token without the claim: no room may be joined. */
    public static final Grants NONE = new Grants(null, null, null, null, SendGrant.ALL, true, false, false, false);

    /** Whether a session of the room {@code id} may be held. */
    boolean includeRoom(String id) {
        return includes(room, roomPrefix, id);
    }

    /** Whether the session {@code id} may be held, by a token of {@code subject}. */
    boolean includeSession(String subject, String id) {
        return (session == null && sessionPrefix == null) ? id.equals(subject) : includes(session, sessionPrefix, id);
    }

    private static boolean includes(@Nullable String exact, @Nullable String prefix, String id) {
        return id.equals(exact) || (prefix != null && id.startsWith(prefix));
    }
}
