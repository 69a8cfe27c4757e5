package tokenly.client;

/**
 * The name of a signal among all of its sender: the same in the sender's acknowledgement and at each receiver.
 *
 * @param epoch of the sender
 * @param seq 1 for the first signal of that epoch, one more for each
 */
public record Receipt(String epoch, long seq) {}
