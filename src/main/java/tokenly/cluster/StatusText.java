package tokenly.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tokenly.session.Status;

/** The status of a node as it tells it to the others, and what that of all of them is together. */
final class StatusText {

    private static final String SEPARATOR = ",";
    private static final int FIELDS = 6;

    private StatusText() {}

    static String encode(Status status) {
        Instant last = status.lastAttempt();
        return String.join(
                SEPARATOR,
                status.state().name(),
                Integer.toString(status.activeSessions()),
                Integer.toString(status.reconnectAttempts()),
                Integer.toString(status.maxAttempts()),
                Long.toString(status.nextDelay().toMillis()),
                last == null ? "" : last.toString());
    }

    /** Empty if {@code text} is of another version. */
    static Optional<Status> decode(String text) {
        String[] fields = text.split(SEPARATOR, -1);
        if (fields.length != FIELDS) {
            return Optional.empty();
        }
        return Optional.of(new Status(
                Status.State.valueOf(fields[0]),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                Duration.ofMillis(Long.parseLong(fields[4])),
                fields[5].isEmpty() ? null : Instant.parse(fields[5])));
    }

    /** The status of all nodes together; one session is what it is on its node. */
    static Status sum(Status own, List<Status> others) {
        Status all = own;
        for (Status other : others) {
            all = sum(all, other);
        }
        return all;
    }

    private static Status sum(Status one, Status other) {
        Status behind = other.reconnectAttempts() > one.reconnectAttempts() ? other : one;
        Status.State state = one.state().compareTo(other.state()) < 0 ? one.state() : other.state();
        return new Status(
                state,
                one.activeSessions() + other.activeSessions(),
                behind.reconnectAttempts(),
                one.maxAttempts(),
                behind.nextDelay(),
                later(one.lastAttempt(), other.lastAttempt()));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return List.of(Optional.ofNullable(one), Optional.ofNullable(other)).stream()
                .flatMap(Optional::stream)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
