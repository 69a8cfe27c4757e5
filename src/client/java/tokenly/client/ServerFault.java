package tokenly.client;

/** The server has sent what the protocol does not allow. Its message is for the log. */
final class ServerFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerFault(String message) {
        super(message);
    }
}
