package tokenly.protocol;

import java.util.Locale;

/** How constants are written on the wire. */
public final class WireName {

    private WireName() {}

    /** In kebab-case: {@code ICE_CANDIDATE} is {@code ice-candidate}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
