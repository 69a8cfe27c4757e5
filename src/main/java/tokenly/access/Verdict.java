package tokenly.access;

/** What the server makes of a token. */
public sealed interface Verdict {

    /** The token is good, and this is what it says. */
    record Accepted(Identity identity) implements Verdict {}

    /** The token is not taken. */
    record Refused(Refusal reason) implements Verdict {}
}
