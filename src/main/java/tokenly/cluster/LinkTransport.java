package tokenly.cluster;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** Port: opens sockets to other nodes. */
public interface LinkTransport {

    /** A socket that is open. Thread-safe. */
    interface Socket {

        /** Sends a message; completes when the next one may be sent. One at a time. */
        CompletionStage<?> send(String message);

        /** Ends it at once. */
        void abort();
    }

    /** Who is told of one socket; one call at a time. */
    interface Receiver {

        void message(String text);

        /** It is gone. */
        void closed();
    }

    /** Nothing listens at the address of a node, so that its process is dead; a host that does not answer may only be cut off. */
    final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        public RefusedException(String url) {
            super("nothing listens at " + url);
        }
    }

    /**
     * Opens a socket to the node at {@code url}; completes when it is open, exceptionally if that fails, with {@link RefusedException} if
     * nothing listens there.
     */
    CompletionStage<? extends Socket> open(String url, Receiver receiver);
}
