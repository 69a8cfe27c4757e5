package tokenly.session;

import tokenly.protocol.IdRule;

/** Names a room, chosen by the clients that meet in it. 1 to 128 UTF-16 code units, see PROTOCOL.md. */
public record RoomId(String value) implements Comparable<RoomId> {

    /** @throws IllegalArgumentException with a message for the peer, if it is no valid id */
    public RoomId {
        IdRule.check(value);
    }

    /** How many shards there are: what one node of a cluster owns is a few of them. */
    public static final int SHARDS = 64;

    /** The shard of the room, from 0; the same in every version of Tokenly. */
    public int shard() {
        int hash = value.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), SHARDS);
    }

    /** So that a hash map stays fast for ids that a stranger chose to collide: it sorts what shares a bin. */
    @Override
    public int compareTo(RoomId other) {
        return value.compareTo(other.value);
    }

    /** As the log shows it: what no reader could see is escaped. */
    @Override
    public String toString() {
        return IdRule.printable(value);
    }
}
