package tokenly.session;

import java.time.Duration;

/**
 * Bounds of the model.
 *
 * @param sessions most sessions on the server, at least 1
 * @param roomSessions most sessions in one room, at least 1
 * @param goingAwayGrace how long the sessions of a client that said 1001 are held, not negative
 * @param mailbox bounds of each mailbox
 * @param sums bounds of many mailboxes together
 */
public record Limits(int sessions, int roomSessions, Duration goingAwayGrace, MailboxBounds mailbox, MailboxSums sums) {

    public Limits {
        if (sessions < 1 || roomSessions < 1 || goingAwayGrace.isNegative()) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + sessions + ", " + roomSessions + ", " + goingAwayGrace);
        }
    }
}
