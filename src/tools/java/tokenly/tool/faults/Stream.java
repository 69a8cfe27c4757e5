package tokenly.tool.faults;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The directions that a fault is about. */
public enum Stream {
    /** From the client to the server. */
    UPSTREAM,
    /** From the server to the client. */
    DOWNSTREAM,
    BOTH;

    static Optional<Stream> named(String name) {
        return Arrays.stream(values())
                .filter(stream -> stream.toString().equals(name))
                .findFirst();
    }

    boolean covers(Stream one) {
        return this == BOTH || this == one;
    }

    /** Its name in JSON and on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
