package tokenly.tool.verify.crash;

/** A server cannot start with what the one before has left on its disk; the message is the store's. */
final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
