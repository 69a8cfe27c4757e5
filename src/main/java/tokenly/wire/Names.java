package tokenly.wire;

import java.util.Locale;

/** How constants are written on the wire. */
final class Names {

    private Names() {}

    /** In kebab-case: {@code ICE_CANDIDATE} is {@code ice-candidate}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
