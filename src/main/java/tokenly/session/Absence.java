package tokenly.session;

import java.time.Duration;

/**
 * No connection holds a session.
 *
 * @param counted by the model
 * @param expiry ends the session if its client does not come back
 * @param end when that runs, in the timer's time
 */
record Absence(ReconnectModel.Wait counted, Timer.Task expiry, Duration end) {}
