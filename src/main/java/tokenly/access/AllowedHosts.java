package tokenly.access;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** By which names clients may address this server (setting {@code tokenly.hosts}). */
public final class AllowedHosts {

    /** How the names are written that suit who may connect. */
    public static final String AUTO = "auto";

    private static final String ANY = "*";

    private final boolean isAutomatic;
    private final Set<String> names; // as in Authority; empty if any may, or they are automatic

    private AllowedHosts(boolean isAutomatic, Set<String> names) {
        this.isAutomatic = isAutomatic;
        this.names = names;
    }

    /** Reads {@code auto}, {@code *}, or names without ports, with commas between them; empty if {@code text} is none of that. */
    public static Optional<AllowedHosts> parse(String text) {
        if (text.equals(AUTO) || text.equals(ANY)) {
            return Optional.of(new AllowedHosts(text.equals(AUTO), Set.of()));
        }
        Set<String> names = new HashSet<>();
        for (String item : Arrays.asList(text.split(",", -1))) {
            Optional<Authority> name =
                    Authority.parse(item.strip()).filter(host -> host.port().isEmpty());
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get().host());
        }
        return Optional.of(new AllowedHosts(false, Set.copyOf(names)));
    }

    /**
     * Whether {@code host} may stand in a handshake.
     *
     * @param host empty if the handshake has no {@code Host}, or one that cannot be read
     * @param isLocalOnly whether only this machine may connect. Then {@code auto} takes names of the loopback only: to a page whose
     *     name has been pointed at this machine (DNS rebinding), its own name is the {@code Host}
     */
    boolean include(Optional<Authority> host, boolean isLocalOnly) {
        if (isAutomatic) {
            return !isLocalOnly || host.filter(Authority::isLoopback).isPresent();
        }
        return names.isEmpty()
                || host.map(Authority::host).filter(names::contains).isPresent();
    }
}
