package tokenly.client;

import java.time.Duration;

/**
 * What came of resuming all sessions on a new connection.
 *
 * @param attempt number of the connection
 * @param frames how many frames it took to ask
 * @param resumed sessions that lost nothing
 * @param reset sessions that are in a new epoch
 * @param gone sessions that the server had forgotten, and that are created again
 * @param took from the first question to the last answer
 */
public record ResumeReport(long attempt, int frames, int resumed, int reset, int gone, Duration took) {}
