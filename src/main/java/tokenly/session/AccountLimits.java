package tokenly.session;

/**
 * The most that the sessions of one client address may use at a time.
 *
 * @param sessions connected or waiting, at least 1
 * @param connectionSessions that one connection may have created, at least 1
 * @param mailboxBytes in mailboxes that its messages may take, at least 1
 */
public record AccountLimits(int sessions, int connectionSessions, long mailboxBytes) {

    /** None: for a gateway, which speaks for many, only what bounds the server as a whole counts. */
    public static final AccountLimits NONE = new AccountLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    public AccountLimits {
        if (sessions < 1 || connectionSessions < 1 || mailboxBytes < 1) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + sessions + ", " + connectionSessions + ", " + mailboxBytes);
        }
    }
}
