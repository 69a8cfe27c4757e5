package tokenly.tool.faults;

import java.util.Locale;

/** How a connection through the proxy ended. */
public enum EndCause {
    /** Both sides closed it. */
    ENDED,
    /** A fault closed it. */
    CUT,
    /** With an RST, from a fault or from one of the sides. */
    RESET,
    /** The target did not take it. */
    UNREACHABLE;

    /** Its name in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
