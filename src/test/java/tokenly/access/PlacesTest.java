package tokenly.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tokenly.session.Account;
import tokenly.session.AccountLimits;
import tokenly.session.FakeTimer;

/** Ten places, of which the last is for those who resume; four for each address; two handshakes a second. */
class PlacesTest {

    private final FakeTimer timer = new FakeTimer();
    private final LimitHits limitHits = new LimitHits(timer);
    private final Places places = new Places(
            new PlaceLimits(10, 4, 2, 500, 1 << 20),
            AddressBlocks.parse("10.0.0.0/8").orElseThrow(),
            () -> new Account(new AccountLimits(5, 5, 1000)),
            timer,
            limitHits);
    private final List<String> evicted = new ArrayList<>();

    /** A connection that is open. */
    private final class Guest implements Occupant {

        final String name;
        final Place place;
        boolean isIdle;

        Guest(String name, Place place, boolean isIdle) {
            this.name = name;
            this.place = place;
            this.isIdle = isIdle;
        }

        @Override
        public boolean isIdle() {
            return isIdle;
        }

        @Override
        public void makeRoom() {
            evicted.add(name);
        }
    }

    private HandshakeResult enter(String address) {
        return places.enter(IpAddress.parse(address));
    }

    private Guest open(String name, String address, boolean isIdle) {
        Place place = (Place) enter(address);
        Guest guest = new Guest(name, place, isIdle);
        assertThat(place.occupy(guest)).isTrue();
        return guest;
    }

    private static String address(int i) {
        return "203.0.113." + i;
    }

    private void fill() {
        for (int i = 0; i < 10; i++) {
            open("busy " + i, address(i), false);
        }
    }

    @Test
    void handshakesAreRefusedOnceTheBucketIsEmptyAndTakenWhenItHasOneAgain() {
        for (int i = 0; i < 10; i++) {
            ((Place) enter("203.0.113.7")).release();
        }
        HandshakeResult refused = enter("203.0.113.7");
        assertThat(refused).isEqualTo(new HandshakeResult.Refused(LimitHit.HANDSHAKE_RATE, 1));
        assertThat(enter("203.0.113.8")).as("another address").isInstanceOf(Place.class);
        timer.advanceMillis(499);
        assertThat(enter("203.0.113.7")).isInstanceOf(HandshakeResult.Refused.class);
        timer.advanceMillis(1);
        assertThat(enter("203.0.113.7")).isInstanceOf(Place.class);
        assertThat(limitHits.count(LimitHit.HANDSHAKE_RATE)).isEqualTo(2);
    }

    @Test
    void anAddressThatHasAllItsConnectionsGetsAPlaceOnlyFromItsOwnOldestIdleOne() {
        open("stranger", "203.0.113.8", true);
        open("busy", "203.0.113.7", false);
        open("old", "203.0.113.7", true);
        open("young", "203.0.113.7", true);
        open("busy too", "203.0.113.7", false);

        assertThat(enter("203.0.113.7")).isInstanceOf(Place.class);
        assertThat(evicted).containsExactly("old");
        assertThat(enter("203.0.113.7")).isInstanceOf(Place.class);
        assertThat(evicted).containsExactly("old", "young");
        assertThat(enter("203.0.113.7")).isEqualTo(new HandshakeResult.Refused(LimitHit.ADDRESS_FULL, 5));
        assertThat(places.open()).isEqualTo(5);
        assertThat(limitHits.count(LimitHit.ROOM_MADE_IN_ADDRESS)).isEqualTo(2);
        assertThat(limitHits.count(LimitHit.ADDRESS_FULL)).isEqualTo(1);
    }

    @Test
    void aFullServerGivesANewcomerThePlaceOfTheOldestIdleConnection() {
        for (int i = 0; i < 10; i++) {
            open("idle " + i, address(i), i != 0);
        }
        assertThat(enter("198.51.100.1")).isInstanceOf(Place.class);
        assertThat(evicted).containsExactly("idle 1");
        assertThat(places.open()).isEqualTo(10);
    }

    @Test
    void aFullServerWithoutIdleConnectionsRefuses() {
        fill();
        assertThat(enter("198.51.100.1")).isEqualTo(new HandshakeResult.Refused(LimitHit.SERVER_FULL, 5));
        assertThat(evicted).isEmpty();
        assertThat(places.addresses())
                .as("a refused stranger is not remembered")
                .isEqualTo(10);
    }

    @Test
    void aConnectionThatHasLostItsSessionIsFoundAMomentLater() {
        for (int i = 0; i < 9; i++) {
            open("busy " + i, address(i), false);
        }
        Guest last = open("last", address(9), false);
        assertThat(enter("198.51.100.1")).isInstanceOf(HandshakeResult.Refused.class);
        last.isIdle = true;
        timer.advanceMillis(1_000);
        assertThat(enter("198.51.100.1")).isInstanceOf(Place.class);
        assertThat(evicted).containsExactly("last");
    }

    @Test
    void aConnectionInItsHandshakeMakesNoRoomButDoesOnceItIsOpen() {
        for (int i = 0; i < 3; i++) {
            open("busy", "203.0.113.7", false);
        }
        Place pending = (Place) enter("203.0.113.7");
        assertThat(enter("203.0.113.7")).isInstanceOf(HandshakeResult.Refused.class);
        pending.occupy(new Guest("open", pending, true));
        assertThat(enter("203.0.113.7")).isInstanceOf(Place.class);
        assertThat(evicted).containsExactly("open");
    }

    @Test
    void theLastTenthIsForThoseWhoResumeAsLongAsOnlyThatIsLeft() {
        Guest first = open("first", address(0), false);
        for (int i = 1; i < 9; i++) {
            open("busy", address(i), false);
        }
        Place last = open("last", address(9), false).place;
        assertThat(first.place.isForResuming()).isFalse();
        assertThat(last.isForResuming()).isTrue();
        first.place.release();
        assertThat(last.isForResuming()).isFalse();
    }

    @Test
    void aHandshakeOfWhichNoConnectionComesGivesItsPlaceBack() {
        Place place = (Place) enter("203.0.113.7");
        timer.advanceMillis(9_999);
        assertThat(places.open()).isEqualTo(1);
        timer.advanceMillis(1);
        assertThat(places.open()).isZero();
        assertThat(place.occupy(new Guest("late", place, true))).isFalse();
    }

    @Test
    void aPlaceIsGivenBackOnce() {
        Guest guest = open("guest", "203.0.113.7", false);
        open("other", "203.0.113.7", false);
        guest.place.release();
        guest.place.release();
        assertThat(places.open()).isEqualTo(1);
    }

    @Test
    void anAddressIsRememberedWhileItUsesAnything() {
        Guest guest = open("guest", "203.0.113.7", false);
        Account account = guest.place.account();
        guest.place.release();
        assertThat(places.addresses()).as("its bucket is not full").isEqualTo(1);
        assertThat(open("again", "203.0.113.7", false).place.account()).isSameAs(account);
        timer.advance(Duration.ofSeconds(60));
        assertThat(places.addresses()).as("it has a connection").isEqualTo(1);
    }

    @Test
    void anAddressThatUsesNothingIsForgotten() {
        ((Place) enter("203.0.113.7")).release();
        timer.advanceMillis(5_000);
        assertThat(places.addresses()).isZero();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void addressesThatComeAndGoDoNotFillTheMemory() {
        for (int i = 0; i < 40; i++) {
            ((Place) enter("2001:db8:0:" + i + "::1")).release();
        }
        assertThat(enter("198.51.100.1")).isEqualTo(new HandshakeResult.Refused(LimitHit.SERVER_FULL, 5));
        timer.advanceMillis(5_000);
        assertThat(enter("198.51.100.1")).isInstanceOf(Place.class);
    }

    @Test
    void aGatewayIsBoundByTheSumOnly() {
        for (int i = 0; i < 10; i++) {
            open("gateway", "10.1.2.3", false);
        }
        assertThat(enter("10.1.2.3")).isEqualTo(new HandshakeResult.Refused(LimitHit.SERVER_FULL, 5));
    }

    @Test
    void connectionsOfUnknownAddressesAreBoundTogether() {
        for (int i = 0; i < 4; i++) {
            Place place = (Place) places.enter(Optional.empty());
            place.occupy(new Guest("unknown", place, false));
        }
        assertThat(places.enter(Optional.empty())).isEqualTo(new HandshakeResult.Refused(LimitHit.ADDRESS_FULL, 5));
    }
}
