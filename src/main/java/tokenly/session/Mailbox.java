package tokenly.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The messages of one session that it has not acknowledged, numbered 1, 2, 3, ... in one epoch. Belongs to the executor of the
 * session's room.
 */
final class Mailbox {

    private final List<MailboxItem> kept = new ArrayList<>(0); // numbers ackedSeq + 1 to last()
    private long ackedSeq;
    private long bytes;
    private int news; // messages about presence among them
    private long newsBytes;
    private boolean overflowed;

    Mailbox() {}

    /** As an earlier run of the server has left it, but for its messages, which are to be appended. */
    Mailbox(Store.Image image) {
        ackedSeq = image.ackedSeq();
        overflowed = image.hasOverflowed();
    }

    /** The highest number so far, 0 before the first. */
    long last() {
        return ackedSeq + kept.size();
    }

    /** The highest number that is acknowledged, 0 before the first. */
    long ackedSeq() {
        return ackedSeq;
    }

    int size() {
        return kept.size();
    }

    long bytes() {
        return bytes;
    }

    /** How many of the messages are about presence; those have bounds of their own. */
    int news() {
        return news;
    }

    long newsBytes() {
        return newsBytes;
    }

    /** Adds {@code item} under the next number. */
    void append(MailboxItem item) {
        kept.add(item);
        count(item, 1);
        item.added();
    }

    private void count(MailboxItem item, int sign) {
        bytes += sign * item.message.size();
        if (item.message instanceof Message.OfPresence) {
            news += sign;
            newsBytes += sign * item.message.size();
        }
    }

    /** @param seq above {@link #ackedSeq} and at most {@link #last} */
    Message message(long seq) {
        return kept.get((int) (seq - ackedSeq - 1)).message;
    }

    /** Takes back from {@code peers} who came and went by the messages above number {@code sent}. */
    void takeBack(long sent, Map<SessionId, RoomPeer> peers) {
        for (long seq = last(); seq > sent; seq--) {
            Message message = message(seq);
            if (message instanceof Message.PeerJoined joined) {
                peers.remove(joined.peer());
            } else if (message instanceof Message.PeerLeft left) {
                peers.putIfAbsent(left.peer(), new RoomPeer(left.peer(), Incarnation.UNKNOWN, false));
            }
        }
    }

    /** All that is kept, in order; a view. */
    List<MailboxItem> items() {
        return kept;
    }

    /** Forgets all up to {@code received}, which is at most {@link #last}; nothing once it has overflowed. */
    void trim(long received) {
        if (received > ackedSeq && !overflowed) {
            forget((int) (received - ackedSeq));
            ackedSeq = received;
        }
    }

    private void forget(int count) {
        List<MailboxItem> done = kept.subList(0, count);
        for (MailboxItem item : done) {
            count(item, -1);
            item.removed();
        }
        done.clear();
    }

    /** True once it has passed its bounds: it holds nothing, and its numbers mean nothing any more. */
    boolean hasOverflowed() {
        return overflowed;
    }

    void overflow() {
        forget(kept.size());
        overflowed = true;
    }

    /** Forgets everything: its session has ended, or has another mailbox. */
    void clear() {
        forget(kept.size());
    }
}
