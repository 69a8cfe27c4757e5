package tokenly.access;

/**
 * How many connections there may be.
 *
 * @param connections over all, at least 1
 * @param perAddress of one address, at least 1
 * @param handshakesPerSecond of one address, at least 1
 * @param framesPerSecond that one connection may bring, at least 1
 * @param bytesPerSecond that one connection may bring, at least 1
 */
public record PlaceLimits(
        int connections, int perAddress, int handshakesPerSecond, long framesPerSecond, long bytesPerSecond) {

    /** From this number of open connections on, places are for clients that resume: the last tenth. */
    int ordinary() {
        return connections - connections / 10;
    }
}
