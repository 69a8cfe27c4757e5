package tokenly.access;

import org.jspecify.annotations.Nullable;

/**
 * Who may read {@code /status} (setting {@code tokenly.status}).
 *
 * @param isOpen whether all may
 */
public record StatusAccess(boolean isOpen, Admins admins) {

    /** Whether a request with this {@code Authorization} header may read; null if it has none. */
    boolean admits(@Nullable String authorization) {
        return isOpen || admins.isAdmin(authorization);
    }
}
