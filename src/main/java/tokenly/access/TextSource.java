package tokenly.access;

import java.io.IOException;
import java.util.Optional;

/** Where a text comes from that may change while the server runs. For one thread at a time. */
interface TextSource {

    /**
     * Reads it; may take seconds.
     *
     * @return empty if it is known not to have changed since it was last returned
     * @throws IOException with a message that tells the operator what is wrong
     */
    Optional<String> read() throws IOException;

    /** Its path or URL, for the log. */
    @Override
    String toString();
}
