package tokenly.session;

/**
 * Where the client of a session stands that it wants back.
 *
 * @param epoch of all numbers
 * @param received the highest number of the mailbox that it has processed, 0 for none
 * @param sent the highest number that it has sent, 0 for none
 * @param acknowledged the highest number that it has sent and that the server has acknowledged, 0 for none
 */
public record Position(Epoch epoch, long received, long sent, long acknowledged) {}
