package tokenly.tool.load;

import java.net.URI;
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.text.UsageException;

/**
 * What is to be done, in figures.
 *
 * @param url of the server's {@code /rtc}: {@code ws://HOST[:PORT]/PATH}
 * @param connections 1 to {@value #MAX_CONNECTIONS}
 * @param roomsOf sessions in each room, 1 to {@value #MAX_ROOM}; in the last one there may be fewer
 * @param run names this run's sessions and rooms, so that two runs do not meet
 * @param token for a server that asks for one
 */
public record ConnectionsPlan(URI url, int connections, int roomsOf, String run, AccessToken token) {

    /** One client address has no more ports towards one server. */
    static final int MAX_CONNECTIONS = 64_000;

    /** The most that a server can be set to (docs/settings.md, {@code tokenly.room.sessions.max}). */
    static final int MAX_ROOM = 100_000;

    /**
     * Checks them.
     *
     * @throws UsageException if a figure is out of its range, or the URL is none of a WebSocket without TLS
     */
    public ConnectionsPlan {
        if (!"ws".equalsIgnoreCase(url.getScheme()) || url.getHost() == null || url.getRawFragment() != null) {
            throw new UsageException("bad_url", url);
        }
        UsageException.checkRange("--connections", connections, 1, MAX_CONNECTIONS);
        UsageException.checkRange("--rooms-of", roomsOf, 1, MAX_ROOM);
    }

    /** The URL of the server's {@code /status}: beside that of its {@code /rtc}. */
    public URI statusUrl() {
        return StatusProbe.beside(url);
    }

    String sessionId(int index) {
        return "load-" + run + "-" + index;
    }

    String roomId(int index) {
        return "load-" + run + "-room-" + index / roomsOf;
    }
}
