package tokenly.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pages of which origins may connect (setting {@code tokenly.origins}). */
public final class AllowedOrigins {

    /** How the pages of the server itself are written. */
    public static final String OWN = "own";

    private static final String ANY = "*";

    private final boolean isAny;
    private final Set<WebOrigin> further;

    private AllowedOrigins(boolean isAny, Set<WebOrigin> further) {
        this.isAny = isAny;
        this.further = further;
    }

    /** Reads {@code own}, {@code *}, or origins with commas between them; empty if {@code text} is none of that. */
    public static Optional<AllowedOrigins> parse(String text) {
        if (text.equals(OWN) || text.equals(ANY)) {
            return Optional.of(new AllowedOrigins(text.equals(ANY), Set.of()));
        }
        Set<WebOrigin> further = new HashSet<>();
        for (String item : Arrays.asList(text.split(",", -1))) {
            Optional<WebOrigin> origin = WebOrigin.parse(item.strip());
            if (origin.isEmpty()) {
                return Optional.empty();
            }
            further.add(origin.get());
        }
        return Optional.of(new AllowedOrigins(false, Set.copyOf(further)));
    }

    /**
     * Whether {@code origins} may stand in a handshake.
     *
     * @param origins the values of all {@code Origin} headers; none if no browser sent them
     * @param host by which the client has addressed the server; empty if it cannot be read
     * @param isLocalOnly whether only this machine may connect: then all pages of this machine may
     */
    boolean include(List<String> origins, Optional<Authority> host, boolean isLocalOnly) {
        if (origins.isEmpty() || isAny) {
            return true;
        }
        return WebOrigin.parse(origins.get(0))
                .filter(origin -> further.contains(origin)
                        || host.filter(origin::isOf).isPresent()
                        || (isLocalOnly && origin.isLoopback()))
                .isPresent();
    }
}
