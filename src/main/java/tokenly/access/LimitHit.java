package tokenly.access;

/** What the server refuses, or takes back, because of a bound or a rule; each kind is counted and logged for itself. */
public enum LimitHit {
    NOT_LOCAL(
            "handshakes from other machines are refused with 403, because the server asks for no tokens",
            "tokenly.open",
            "This server takes connections from its own machine only"),
    FOREIGN_HOST(
            "handshakes that address the server by another name are refused with 403",
            "tokenly.hosts",
            "This server is not to be reached by that Host"),
    FOREIGN_ORIGIN(
            "handshakes of pages of other origins are refused with 403",
            "tokenly.origins",
            "Pages of that Origin may not connect to this server"),
    HANDSHAKE_RATE(
            "handshakes of one address are refused with 429",
            "tokenly.address.handshakes.per.second",
            "This address opens connections too fast"),
    ADDRESS_FULL(
            "handshakes of one address are refused with 429, because all its connections hold sessions",
            "tokenly.address.connections.max",
            "This address has all its connections"),
    SERVER_FULL(
            "handshakes are refused with 503, because all connections hold sessions",
            "tokenly.connections.max",
            "The server has all its connections"),
    ROOM_MADE_IN_ADDRESS(
            "connections of one address that hold no session are closed for newer ones",
            "tokenly.address.connections.max",
            ""),
    ROOM_MADE("connections that hold no session are closed for newer ones", "tokenly.connections.max", ""),
    CREATE_IN_LAST_PLACES(
            "create-peer is refused, because the last tenth of the connections is for clients that resume",
            "tokenly.connections.max",
            ""),
    RATE_LIMITED(
            "signals are refused as rate-limited",
            "tokenly.connection.frames.per.second, tokenly.connection.bytes.per.second",
            ""),
    RATE_CLOSED(
            "connections are closed with 4013",
            "tokenly.connection.frames.per.second, tokenly.connection.bytes.per.second",
            ""),
    HALF_MESSAGE_FULL(
            "connections are closed for what they began and did not end, because all of that is too much",
            "tokenly.receive.bytes",
            ""),
    HALF_MESSAGE_LATE("connections are closed for a message that does not end", "tokenly.receive.timeout.ms", ""),
    NO_TOKEN("connections are closed with 4003, because they show no token", "tokenly.token.secret", ""),
    TOKEN_REFUSED(
            "connections are closed for a token that does not count", "tokenly.token.secret, tokenly.token.keys", ""),
    SESSIONS_FULL("create-peer is refused as server-full", "tokenly.sessions.max", ""),
    ROOM_FULL("create-peer is refused as room-full", "tokenly.room.sessions.max", ""),
    CREATE_QUOTA(
            "create-peer is refused as quota-exceeded",
            "tokenly.address.sessions.max, tokenly.connection.sessions.max, tokenly.mailboxes.bytes",
            ""),
    SIGNAL_QUOTA("signals to all others are refused as quota-exceeded", "tokenly.mailboxes.bytes", ""),
    UNDELIVERABLE_QUOTA("signals to one peer are undeliverable (quota)", "tokenly.mailboxes.bytes", ""),
    UNDELIVERABLE_OVERFLOW(
            "signals are undeliverable (overflow)", "tokenly.mailbox.messages, tokenly.mailbox.bytes", ""),
    ROOM_BUSY("frames are refused as busy", "tokenly.room.queue.max, tokenly.room.queues.bytes", ""),
    READERS_LET_GO(
            "slow readers are closed with 4012, because all that waits for readers is too much",
            "tokenly.send.queues.bytes",
            "");

    private final String what;
    private final String setting;
    private final String toClient;

    LimitHit(String what, String setting, String toClient) {
        this.what = what;
        this.setting = setting;
        this.toClient = toClient;
    }

    /** For the log. */
    String what() {
        return what;
    }

    /** The key, or keys, of the bound. */
    String setting() {
        return setting;
    }

    /** The body of a refused handshake, one line. */
    String body() {
        return toClient + " (" + setting + ")." + (isRule() ? "" : " Try again later.") + "\n";
    }

    /** Whether to come again is in vain, because a rule refuses it and not a bound. */
    boolean isRule() {
        return this == NOT_LOCAL || this == FOREIGN_HOST || this == FOREIGN_ORIGIN;
    }

    /** Whether it is about one address, which may be a proxy that many clients are behind. */
    boolean isOfAnAddress() {
        return this == HANDSHAKE_RATE || this == ADDRESS_FULL || this == ROOM_MADE_IN_ADDRESS;
    }
}
