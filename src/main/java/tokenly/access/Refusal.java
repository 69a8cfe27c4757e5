package tokenly.access;

/** Why a token is not taken. */
public enum Refusal {
    EXPIRED("the token has expired (exp): come back with a new one"),
    NOT_YET_VALID("the token is not valid yet (nbf): come later, or set the clocks right"),
    MALFORMED("this is no signed JWT in compact form, or a claim of it is of the wrong type"),
    TOO_LARGE("the token is larger than tokenly.token.bytes: leave claims out of it"),
    WRONG_ALGORITHM("the token is unsigned or its alg does not fit the server's keys: HS256, RS256, ES256 or EdDSA"),
    BAD_SIGNATURE("the token's signature is wrong: sign it with a key that this server has"),
    UNKNOWN_KEY("the server has no key of the token's kid and alg: publish it in tokenly.token.keys"),
    /** The server has asked for its keys, or will in a moment: the client should come again. */
    KEYS_NOT_HERE_YET("the server is fetching its keys: come again in a second"),
    WRONG_ISSUER("the token's issuer (iss) is not tokenly.token.issuer"),
    WRONG_AUDIENCE(
            "the token's audience (aud) does not fit tokenly.token.audience: both name the same one, or neither does"),
    NO_SUBJECT("the token names no subject: put a sub of 1 to 256 printable characters into it"),
    NO_EXPIRY("the token never expires: put exp into it"),
    BAD_GRANTS("the token's claim tokenly has a member of the wrong type or size: see docs/tokens.md"),
    REVOKED("the token or its subject is revoked: ask the operator of the server");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** What to do about it, for people: fits into a close frame (123 bytes) and holds nothing of the token. */
    public String text() {
        return text;
    }
}
