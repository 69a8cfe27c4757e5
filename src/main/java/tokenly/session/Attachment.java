package tokenly.session;

/**
 * A session's hold by a connection.
 *
 * @param number 1 for the first of a session, one more for each later one; a higher number fences off all lower ones
 */
record Attachment(Holder holder, long number) {}
