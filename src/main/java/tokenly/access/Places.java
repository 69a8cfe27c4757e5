package tokenly.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tokenly.session.Account;
import tokenly.session.Timer;

/**
 * The places for connections, over all and of each address. Asked once for each handshake and each end of a connection,
 * never for a frame. Thread-safe; its lock is taken before those of the session package, and under no other.
 */
public final class Places {

    /** A handshake whose connection is not open by then has failed. */
    static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(10);

    /** How much of a second's worth an address may use at once. */
    private static final Duration HANDSHAKE_BURST = Duration.ofSeconds(5);

    /** When a refused client should come again if the time is not known. */
    private static final long RETRY_SECONDS = 5;

    private static final Duration SWEEP = Duration.ofSeconds(5);

    /** Addresses for each place, connected or not: beyond, those that come are refused until others are forgotten. */
    private static final int ADDRESSES_PER_PLACE = 4;

    private final PlaceLimits limits;
    private final AddressBlocks gateways;
    private final Supplier<Account> accounts;
    private final Timer timer;
    private final LimitHits limitHits;
    private final Rate handshakes;
    private final Allowance.Rates rates;

    private final OpeningOrder places = new OpeningOrder(); // guarded by this, like all below
    private final Map<ClientAddress, AddressUse> uses = new HashMap<>();
    private boolean isSweeping;
    private volatile int open; // written under the lock

    /** @param accounts makes one for an address that is no gateway */
    public Places(
            PlaceLimits limits, AddressBlocks gateways, Supplier<Account> accounts, Timer timer, LimitHits limitHits) {
        this.limits = limits;
        this.gateways = gateways;
        this.accounts = accounts;
        this.timer = timer;
        this.limitHits = limitHits;
        this.handshakes = new Rate(limits.handshakesPerSecond(), HANDSHAKE_BURST);
        this.rates = Allowance.Rates.of(limits.framesPerSecond(), limits.bytesPerSecond());
    }

    /** A handshake's place, or why it gets none. {@code address} is empty if the server does not know it. */
    public HandshakeResult enter(Optional<IpAddress> address) {
        ClientAddress client = address.map(ClientAddress::of).orElse(ClientAddress.UNKNOWN);
        boolean isGateway = address.filter(gateways::contains).isPresent();
        Decision decision = decide(client, isGateway);
        if (decision.act() != null) {
            limitHits.add(decision.act(), client);
        }
        if (decision.evicted() != null) {
            decision.evicted().makeRoom();
        }
        return decision.result();
    }

    /**
     * @param act what is to be counted; null if there was place
     * @param evicted whose place the newcomer has; null if there was place
     */
    private record Decision(
            HandshakeResult result,
            @Nullable LimitHit act,
            @Nullable Occupant evicted) {}

    private synchronized Decision decide(ClientAddress client, boolean isGateway) {
        Duration now = timer.now();
        AddressUse known = uses.get(client);
        if (known == null && uses.size() >= (long) ADDRESSES_PER_PLACE * limits.connections()) {
            return refuse(LimitHit.SERVER_FULL, RETRY_SECONDS);
        }
        AddressUse use =
                known == null ? new AddressUse(client, isGateway ? Account.unbounded() : accounts.get()) : known;
        long debt = isGateway ? 0 : use.drawHandshake(handshakes, now.toNanos());
        if (debt > 0) {
            return refuse(LimitHit.HANDSHAKE_RATE, TimeUnit.NANOSECONDS.toSeconds(debt) + 1);
        }
        if (!isGateway && use.places.size() >= limits.perAddress()) {
            return replace(use.places.oldestIdle(now), use, isGateway, LimitHit.ROOM_MADE_IN_ADDRESS)
                    .orElseGet(() -> refuse(LimitHit.ADDRESS_FULL, RETRY_SECONDS));
        }
        if (places.size() >= limits.connections()) {
            return replace(places.oldestIdle(now), use, isGateway, LimitHit.ROOM_MADE)
                    .orElseGet(() -> refuse(LimitHit.SERVER_FULL, RETRY_SECONDS));
        }
        return new Decision(newPlace(use, isGateway), null, null);
    }

    private static Decision refuse(LimitHit reason, long retryAfterSeconds) {
        return new Decision(new HandshakeResult.Refused(reason, retryAfterSeconds), reason, null);
    }

    private Optional<Decision> replace(Optional<Place> idle, AddressUse use, boolean isGateway, LimitHit act) {
        return idle.map(place -> {
            Occupant evicted = place.occupant();
            remove(place);
            return new Decision(newPlace(use, isGateway), act, evicted);
        });
    }

    private Place newPlace(AddressUse use, boolean isGateway) {
        boolean isLast = places.size() >= limits.ordinary();
        Place place = new Place(this, use, isGateway ? Allowance.Rates.UNBOUNDED : rates, isLast);
        uses.put(use.client, use);
        use.places.add(place);
        places.add(place);
        open = places.size();
        place.deadline(timer.after(HANDSHAKE_LIMIT, place::release));
        return place;
    }

    synchronized void release(Place place) {
        remove(place);
    }

    private void remove(Place place) {
        if (!place.end()) {
            return;
        }
        places.remove(place);
        open = places.size();
        place.use.places.remove(place);
        forgetIfIdle(place.use, timer.now().toNanos());
    }

    private void forgetIfIdle(AddressUse use, long now) {
        if (use.isIdle(now)) {
            uses.remove(use.client, use);
        } else if (use.places.size() == 0 && !isSweeping) {
            isSweeping = true;
            timer.after(SWEEP, this::sweep);
        }
    }

    /** Forgets the addresses that use nothing any more; comes again while there are some that have no connection. */
    private synchronized void sweep() {
        long now = timer.now().toNanos();
        uses.values().removeIf(use -> use.isIdle(now));
        isSweeping = uses.values().stream().anyMatch(use -> use.places.size() == 0);
        if (isSweeping) {
            timer.after(SWEEP, this::sweep);
        }
    }

    /** Whether only the places are left that are for clients that resume. Takes no lock. */
    boolean hasOnlyLast() {
        return open > limits.ordinary();
    }

    /** Connections that are open, or in their handshake. */
    public int open() {
        return open;
    }

    /** Addresses that it remembers. */
    synchronized int addresses() {
        return uses.size();
    }
}
