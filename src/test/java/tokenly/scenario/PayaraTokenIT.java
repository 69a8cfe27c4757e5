package tokenly.scenario;

import tokenly.tool.server.ServerKind;

/** Tokens on Payara Micro. */
class PayaraTokenIT extends TokenContract {

    @Override
    ServerKind kind() {
        return ServerKind.PAYARA;
    }
}
