package tokenly.tool.scenario;

/** Something did not happen as the guide says. Its message says what, in the reader's language. */
final class ScenarioFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScenarioFailedException(String message) {
        super(message);
    }
}
