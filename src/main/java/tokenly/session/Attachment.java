package tokenly.session;

/**
 * A session's hold by one connection: a cursor over its mailbox. A higher number fences off all lower ones. Belongs to the
 * lane of the session's room.
 */
final class Attachment {

    final long number;
    final Holder holder;
    private long sent; // highest number of the mailbox that the connection was given

    /**
     * @param number 1 for the first hold of a session by a connection, one more for each later one
     * @param received highest number of the mailbox that the far side has already
     */
    Attachment(long number, Holder holder, long received) {
        this.number = number;
        this.holder = holder;
        this.sent = received;
    }

    long sent() {
        return sent;
    }

    /** Gives the connection what the mailbox of {@code session} has for it, as far as it has room. */
    void pump(Session session) {
        Mailbox mailbox = session.mailbox();
        while (sent < mailbox.last()) {
            if (!holder.connection.hasRoom() && holder.waitForRoom(session)) {
                return;
            }
            sent++;
            holder.connection.send(new Notice.Delivery(session.id, sent, mailbox.message(sent)));
        }
    }
}
