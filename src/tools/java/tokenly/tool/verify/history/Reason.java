package tokenly.tool.verify.history;

import java.util.Arrays;
import java.util.Locale;

/** Why something ended, was lost or began anew: the reasons of PROTOCOL.md, and those that a client gives. */
public enum Reason {
    UNKNOWN_PEER,
    AWAY,
    OVERFLOW,
    QUOTA,
    RESTARTED,
    REPLACED,
    GAVE_UP,
    NEW_INSTANCE,
    CREATED_ANEW,
    EPOCH,
    STORE_WENT_BACK,
    CLIENT_BEHIND,
    UNKNOWN_SESSION,
    SESSION_IN_USE,
    TAKEN_OVER,
    /** What was not acknowledged when the session began a new epoch, or was gone. */
    WRITTEN_OFF,
    /** The program ended its session before the signal was acknowledged, or the addressee did before it had acknowledged it. */
    LEFT,
    /** None that this program knows. */
    OTHER;

    /** The reason of that name on the wire, {@link #OTHER} if there is none. */
    public static Reason named(String name) {
        return Arrays.stream(values())
                .filter(reason -> reason.toString().equals(name))
                .findFirst()
                .orElse(OTHER);
    }

    static Reason of(long ordinal) {
        return values()[(int) ordinal];
    }

    /** Its name on the wire. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
