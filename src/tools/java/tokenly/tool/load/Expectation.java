package tokenly.tool.load;

import org.jspecify.annotations.Nullable;

/**
 * What the status is to be.
 *
 * @param state null if any will do
 */
record Expectation(@Nullable String state, int activeSessions) {

    boolean isMetBy(ServerStatus status) {
        return status.activeSessions() == activeSessions && (state == null || state.equals(status.state()));
    }
}
