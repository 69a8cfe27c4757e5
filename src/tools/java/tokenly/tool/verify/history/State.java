package tokenly.tool.verify.history;

import java.util.Arrays;
import java.util.Locale;

/** The {@code state} of {@code GET /status}. */
public enum State {
    CONNECTED,
    RECONNECTING,
    FAILED,
    DISCONNECTED,
    /** None of PROTOCOL.md. */
    OTHER;

    /** The state of that name, {@link #OTHER} if there is none. */
    public static State named(String name) {
        return Arrays.stream(values())
                .filter(state -> state.toString().equals(name))
                .findFirst()
                .orElse(OTHER);
    }

    static State of(long ordinal) {
        return values()[(int) ordinal];
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
