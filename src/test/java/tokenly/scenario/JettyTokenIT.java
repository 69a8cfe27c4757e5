package tokenly.scenario;

import tokenly.tool.server.ServerKind;

/** Tokens on a Jetty of its own. */
class JettyTokenIT extends TokenContract {

    @Override
    ServerKind kind() {
        return ServerKind.JETTY;
    }
}
