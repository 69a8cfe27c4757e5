package tokenly.access;

import org.jspecify.annotations.Nullable;
import tokenly.session.Account;
import tokenly.session.Timer;

/** The place of one connection among all, from its handshake to its end. Thread-safe. */
public final class Place implements HandshakeResult {

    private final Places places;
    private final Allowance.Rates rates;
    private final boolean isLast;
    final AddressUse use;

    // guarded by places, like all below
    private @Nullable Occupant occupant; // null until the connection is open, and once the place is gone
    private Timer.@Nullable Task deadline; // null once the connection is open
    private boolean isGone;

    /** @param isLast whether it is one of those for clients that resume */
    Place(Places places, AddressUse use, Allowance.Rates rates, boolean isLast) {
        this.places = places;
        this.use = use;
        this.rates = rates;
        this.isLast = isLast;
    }

    /** For whom counts what its connection uses. */
    public Account account() {
        return use.account();
    }

    /** Whose place it is, as text. */
    public String client() {
        return use.client.toString();
    }

    /** A full one, of a connection that has just opened. */
    public Allowance allowance() {
        return new Allowance(rates);
    }

    /** Whether its connection may resume sessions but not create one: the server has hardly any place left. */
    public boolean isForResuming() {
        return isLast && places.hasOnlyLast();
    }

    /** Its connection is open; false if the place is gone, because the connection took too long. */
    public boolean occupy(Occupant occupant) {
        synchronized (places) {
            endDeadline();
            this.occupant = isGone ? null : occupant;
            return !isGone;
        }
    }

    /** Gives the place back. Only the first call counts. */
    public void release() {
        places.release(this);
    }

    /** When it is given back unless its connection is open by then. */
    void deadline(Timer.Task task) {
        deadline = task;
    }

    /** Whether it was there until now. */
    boolean end() {
        boolean wasThere = !isGone;
        isGone = true;
        occupant = null; // a place that is gone may be remembered for a while, its connection must not
        endDeadline();
        return wasThere;
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }

    /** Whether its connection is still in its handshake. */
    boolean isPending() {
        return !isGone && occupant == null;
    }

    /** Whether its connection is open and holds no session. */
    boolean isIdle() {
        return !isGone && occupant != null && occupant.isIdle();
    }

    @Nullable
    Occupant occupant() {
        return occupant;
    }
}
