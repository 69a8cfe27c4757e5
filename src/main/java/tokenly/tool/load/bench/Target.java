package tokenly.tool.load.bench;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import tokenly.tool.server.TokenlyServer;

/**
 * A server that is measured.
 *
 * @param pid its process, if that is known and on this machine
 * @param own the server, if it was started for this
 */
record Target(Contender contender, URI rtc, OptionalLong pid, Optional<TokenlyServer> own) {

    static Target of(Contender contender, TokenlyServer server) {
        return new Target(contender, server.rtc(), OptionalLong.of(server.pid()), Optional.of(server));
    }
}
