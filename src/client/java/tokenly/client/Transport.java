package tokenly.client;

import java.time.Duration;

/** Port: connections to the server. All calls, in both directions, are on the client's thread. */
interface Transport {

    /** Begins to open a connection; {@code listener} is told how that goes, never before this returns. */
    Link open(Address address, Listener listener, Duration connectTimeout);

    /** One connection, or the attempt to have one. */
    interface Link {

        /** How far it is with what it sends. */
        Progress progress();

        /** Sends a message after all those before it, however long that takes. */
        void send(String message);

        /** Closes it with {@code code} once everything is sent; {@link Listener#closed} follows. */
        void close(int code);

        /** Cuts it at once; its listener hears nothing more. */
        void abort();
    }

    /**
     * How far a connection is with what it sends.
     *
     * @param sent bytes of all messages that the system has taken
     * @param underWay bytes of the message that it is being given; 0 for none
     */
    record Progress(long sent, int underWay) {

        static final Progress NONE = new Progress(0, 0);
    }

    /** What comes from one connection. */
    interface Listener {

        /** A whole message has come. */
        void text(String message);

        /** Something else has come that shows that the server is alive. */
        void heard();

        /**
         * It is gone, or was never open. The last call, and only one.
         *
         * @param code of the server's close frame; 1006 without one
         * @param reason from the close frame, or what went wrong
         */
        void closed(int code, String reason);
    }
}
