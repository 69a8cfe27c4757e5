package tokenly.session;

import org.jspecify.annotations.Nullable;

/**
 * Who owns a session, who sees it, and whom it sees; from its beginning to its end.
 *
 * @param owner the subject of the token that created it, the one who gets it back; null if it was created without a token
 * @param isHidden whether others are not told that it is there
 * @param seesOthers whether it is told who else is there
 */
public record Role(@Nullable String owner, boolean isHidden, boolean seesOthers) {

    /** Of a session that was created without a token. */
    public static final Role OPEN = new Role(null, false, true);

    /** Whether both have an owner, and it is the same one. */
    boolean isOfSameOwner(Role other) {
        return owner != null && owner.equals(other.owner);
    }

    /** Whether both have an owner, and each another one. */
    boolean isOfAnotherOwner(Role other) {
        return owner != null && other.owner != null && !owner.equals(other.owner);
    }

    /** Whether one in this role is told that {@code other} is there. */
    boolean sees(Role other) {
        return seesOthers && !other.isHidden;
    }
}
