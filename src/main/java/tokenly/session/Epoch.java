package tokenly.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.OptionalInt;
import tokenly.protocol.IdRule;

/**
 * The stretch over which a session's numbers mean anything, in both directions.
 *
 * @param value as every id; a client may show it and compare it, nothing else
 */
public record Epoch(String value) {

    private static final SecureRandom RANDOM = new SecureRandom();

    /** 72 random bits: no session ever draws one that it had before. */
    private static final int RANDOM_BYTES = 9;

    /** One character for the shard, and four for each three of the bytes. */
    private static final int LENGTH = 1 + RANDOM_BYTES / 3 * 4;

    /** Of base64url: the first character says which shard the room is in. */
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** @throws IllegalArgumentException with a message for the peer, if it is no valid id */
    public Epoch {
        IdRule.check(value);
    }

    /** One that never was before, of a session in {@code room}. */
    static Epoch fresh(RoomId room) {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new Epoch(DIGITS.charAt(room.shard())
                + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The shard of its session's room; of an epoch that no server of this version drew, any or none. */
    public OptionalInt shard() {
        int digit = value.length() == LENGTH ? DIGITS.indexOf(value.charAt(0)) : -1;
        return digit < 0 ? OptionalInt.empty() : OptionalInt.of(digit);
    }

    @Override
    public String toString() {
        return value;
    }
}
