package tokenly.socket;

import java.time.Duration;

/**
 * What connections may hold of the server's memory on the way in and out, in bytes; all are positive.
 *
 * @param frame most of one frame from a client
 * @param unsent most that may wait for one slow reader
 * @param allUnsent most that may wait, and be under way, for all readers
 * @param halfReceived most of all messages that have begun and not ended
 * @param receiveTimeout from the first part of a message to its last
 */
public record SocketLimits(int frame, int unsent, long allUnsent, long halfReceived, Duration receiveTimeout) {}
