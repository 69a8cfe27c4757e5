package tokenly.tool.verify.schedule;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The faults that a run can hold. */
public enum FaultKind {
    /** The connections of a group are reset (RST). */
    RESET(Scope.GROUP, 0, 0),
    /** What a proxy of WebSockets does: the group's connections are cut, and the server gets closes that no client has sent. */
    PROXY_CLOSE(Scope.GROUP, 0, 0),
    /** Nothing passes in either direction, and nothing is closed: a dead network, or a client that is frozen. */
    BLACKHOLE(Scope.GROUP, 500, 6_000),
    /** Nothing passes from the server to the group; the other direction works. */
    HALF_OPEN(Scope.GROUP, 500, 6_000),
    /** Everything arrives late. */
    LATENCY(Scope.GROUP, 1_000, 4_000),
    /** The group reads slowly. */
    SLOW_READER(Scope.GROUP, 1_000, 4_000),
    /** The group's link carries little in either direction; neither side may take that for a loss. */
    SLOW_LINK(Scope.GROUP, 2_000, 6_000),
    /** A group is cut off, and one of it is flooded by its peers, until its mailbox passes its bounds. */
    OVERFLOW(Scope.GROUP, 3_000, 4_000),
    /** Plain clients come to rooms of the group and go again, as fast as the server lets them. */
    CROWD(Scope.GROUP, 1_000, 4_000),
    /** A {@code resume} that was given up arrives late. */
    DUPLICATE_RESUME(Scope.SESSION, 0, 0),
    /** Frames of connections that are replaced, and their ends, arrive after the new ones have resumed. */
    LATE_FRAMES(Scope.GROUP, 0, 0),
    /** Another instance takes a session over. */
    TAKEOVER(Scope.SESSION, 0, 0),
    /** A name changes hands: who has the session leaves it, and a client with another key creates it. */
    NEW_OWNER(Scope.SESSION, 0, 0),
    /** The server, or one node, is stopped (SIGSTOP), and goes on. */
    FREEZE(Scope.SERVER, 1_000, 4_000),
    /** The server, or one node, is stopped in good order, and started again. */
    RESTART(Scope.SERVER, 0, 1_000),
    /** The server, or one node, is killed (SIGKILL), whatever it is doing, and started again. */
    KILL(Scope.SERVER, 0, 1_000),
    /** One node stands still (SIGSTOP) until others have its rooms, and goes on as if nothing had happened. */
    LONG_FREEZE(Scope.SERVER, 6_000, 10_000),
    /** The primary of the database is killed, and its standby takes over; a new standby is made. */
    FAILOVER(Scope.SERVER, 0, 0),
    /** The database stands still. */
    DATABASE_AWAY(Scope.SERVER, 1_000, 15_000);

    /** Whom a fault is about. */
    enum Scope {
        /** The clients behind one proxy. */
        GROUP,
        /** One session. */
        SESSION,
        /** All sessions; and it can be done only to a server of our own. */
        SERVER
    }

    private final Scope scope;
    private final int shortestMillis;
    private final int longestMillis;

    FaultKind(Scope scope, int shortestMillis, int longestMillis) {
        this.scope = scope;
        this.shortestMillis = shortestMillis;
        this.longestMillis = longestMillis;
    }

    Scope scope() {
        return scope;
    }

    /** Whether it happens to the server itself. */
    public boolean isOfServer() {
        return scope == Scope.SERVER;
    }

    /** Whether it can be done only to a server that this program has started. */
    public boolean needsOwnServer() {
        return isOfServer() || this == OVERFLOW; // a stranger's mailboxes take too long to fill
    }

    /** Whether it can be done only to several nodes and their database. */
    public boolean needsNodes() {
        return this == LONG_FREEZE || this == FAILOVER || this == DATABASE_AWAY;
    }

    Duration draw(RandomGenerator random) {
        int range = longestMillis - shortestMillis + 1;
        return Duration.ofMillis(shortestMillis + (long) random.nextInt(range));
    }

    /** The kind of that name on the command line. */
    public static Optional<FaultKind> named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst();
    }

    /** Its name on the command line and in JSON. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
