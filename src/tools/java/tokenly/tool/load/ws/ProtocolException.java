package tokenly.tool.load.ws;

import java.io.IOException;

/** The other side sent what RFC 6455 does not allow, or more than this client takes. */
final class ProtocolException extends IOException {

    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
