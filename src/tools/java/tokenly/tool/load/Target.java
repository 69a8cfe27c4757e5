package tokenly.tool.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import tokenly.tool.load.ws.SocketOptions;
import tokenly.tool.server.AccessToken;
import tokenly.tool.server.StatusProbe;
import tokenly.tool.server.TokenlyServer;

/**
 * A server that is measured.
 *
 * @param givenPid of a server that was there, if it is known and on this machine
 * @param own the server, if it was started for this
 * @param token for a server that was there and asks for one
 */
record Target(ServerUnderTest subject, URI rtc, OptionalLong givenPid, Optional<TokenlyServer> own, AccessToken token) {

    static Target of(ServerUnderTest subject, TokenlyServer server) {
        return new Target(subject, server.rtc(), OptionalLong.empty(), Optional.of(server), AccessToken.NONE);
    }

    /** How its clients connect. */
    SocketOptions options() {
        return subject.options().withGreeting(token::utf8);
    }

    /** Its process, if that is known. */
    OptionalLong pid() {
        return own.isPresent() ? OptionalLong.of(own.get().pid()) : givenPid;
    }

    /**
     * Waits until that many sessions wait, and none is connected.
     *
     * @throws IOException if the limit is reached before
     */
    void awaitWaiting(int sessions, Duration limit) throws IOException {
        Expectation wanted =
                new Expectation(sessions == 0 ? Expectation.DISCONNECTED : Expectation.RECONNECTING, sessions);
        if (wanted.await(StatusProbe.beside(rtc), limit).filter(wanted::isMetBy).isEmpty()) {
            throw new IOException("/status does not show in time that " + sessions + " sessions wait");
        }
    }
}
