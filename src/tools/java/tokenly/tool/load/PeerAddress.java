package tokenly.tool.load;

/**
 * Who sits where.
 *
 * @param session the peer's own id
 * @param to the other's
 * @param room that both are in
 * @param bytes of each of its messages, as a whole frame
 */
record PeerAddress(String session, String to, String room, int bytes) {}
