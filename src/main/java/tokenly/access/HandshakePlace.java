package tokenly.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands a place from the filter to the endpoint, which the container calls within the same request. Jakarta WebSocket shows
 * an endpoint neither the request nor its remote address.
 */
public final class HandshakePlace {

    private static final ThreadLocal<@Nullable Place> PLACE = new ThreadLocal<>();

    private HandshakePlace() {}

    static void offer(Place place) {
        PLACE.set(place);
    }

    /** The place for the connection that this request makes; empty if it has come past the filter, or asks again. */
    public static Optional<Place> take() {
        Optional<Place> place = Optional.ofNullable(PLACE.get());
        PLACE.remove();
        return place;
    }
}
