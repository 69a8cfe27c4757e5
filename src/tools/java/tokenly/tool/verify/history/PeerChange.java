package tokenly.tool.verify.history;

import java.util.Locale;

/** What a program is told of a peer. */
public enum PeerChange {
    /** It was in the room already. */
    PRESENT,
    JOINED,
    AWAY,
    BACK,
    RESTARTED,
    LEFT;

    static PeerChange of(long ordinal) {
        return values()[(int) ordinal];
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
