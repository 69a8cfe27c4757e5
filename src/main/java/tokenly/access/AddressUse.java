package tokenly.access;

import tokenly.session.Account;

/** What one address uses. Guarded by {@link Places}. */
final class AddressUse {

    final ClientAddress client;
    final OpeningOrder places = new OpeningOrder();
    private final Account account;
    private long handshakesFullAt; // nanoseconds

    AddressUse(ClientAddress client, Account account) {
        this.client = client;
        this.account = account;
    }

    Account account() {
        return account;
    }

    /** Takes a handshake; returns the nanoseconds until there is one, and takes none, if there is none. */
    long drawHandshake(Rate rate, long now) {
        long drawn = rate.draw(handshakesFullAt, now, 1);
        long debt = Math.max(0, rate.debt(drawn, now));
        handshakesFullAt = debt > 0 ? handshakesFullAt : drawn;
        return debt;
    }

    /** Whether nothing is lost if it is forgotten. */
    boolean isIdle(long now) {
        return places.size() == 0 && handshakesFullAt <= now && account.isIdle();
    }
}
