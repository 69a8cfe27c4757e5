package tokenly.scenario;

import tokenly.tool.server.ServerKind;

/** Tokens on {@code mvn jetty:run}. */
class JettyRunTokenIT extends TokenContract {

    @Override
    ServerKind kind() {
        return ServerKind.JETTY_RUN;
    }
}
