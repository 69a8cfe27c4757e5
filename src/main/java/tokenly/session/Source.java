package tokenly.session;

/**
 * A signal's place in its sender's own numbering.
 *
 * @param epoch of the sender
 * @param seq 1 for its first signal in that epoch, one more for each
 */
public record Source(Epoch epoch, long seq) {}
