package tokenly.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What one node says to another about one connection of a client. On the wire a text: the letter of the kind, the number of the
 * connection in base 36, a tab, and the fields with tabs between them, of which the last one may hold more tabs. No id holds a control
 * character, so none needs to be escaped.
 *
 * @param connection number that the edge has given the connection on this link, from 1; 0 for what is about none
 */
record LinkFrame(Kind kind, long connection, String body) {

    /** Between the frames of one message; JSON text never holds it. */
    static final char SEPARATOR = '\u001e';

    private static final char TAB = '\t';
    private static final int RADIX = 36;

    /** What it is; the first seven go from the edge, which has the client, to the owner of the rooms, the others back. */
    enum Kind {
        /** The connection begins: its subprotocol, the address that counts for it, and what it may do. */
        OPEN('o'),
        /** A frame of the client: the shard, the number and the session of what it asks for, or nothing three times, and the frame. */
        FRAME('f'),
        /** What the connection may do from now on. */
        PERMIT('p'),
        /** So many more bytes have been sent to the client. */
        ROOM('r'),
        /** Whether the client has answered a probe. */
        PROBED('h'),
        /** The connection is gone: the reason. */
        CLOSED('c'),
        /** Says only that this node lives. */
        BEAT('b'),
        /** A frame for the client: the session, the number of what asked for it, whether it begins an epoch, resumes, goes on or is over, and the frame. */
        DELIVERY('d'),
        /** All signals of a session up to a number are written: the session, the number of what asked for it, and the number. */
        ACK('a'),
        /** A session that was asked for is not at this node: the session, the number of what asked for it, and why. */
        ELSEWHERE('n'),
        /** The client is to be probed. */
        PROBE('q'),
        /** The connection is to be closed: the reason. */
        CLOSE('x'),
        /** Another connection has a session: the session, why this one is to be closed, and whether it has no other there. */
        LOSE('l');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Optional<Kind> of(char letter) {
            return Arrays.stream(values()).filter(kind -> kind.letter == letter).findFirst();
        }
    }

    static LinkFrame of(Kind kind, long connection, String... fields) {
        return new LinkFrame(kind, connection, String.join("\t", fields));
    }

    /** The first {@code count} fields; there may be tabs in the last one. */
    List<String> fields(int count) {
        List<String> fields = List.of(body.split("\t", count));
        if (fields.size() < count) {
            throw new IllegalArgumentException(kind + " with " + fields.size() + " fields");
        }
        return fields;
    }

    String encode() {
        return kind.letter + Long.toString(connection, RADIX) + TAB + body;
    }

    /** @throws IllegalArgumentException if {@code text} is none */
    static LinkFrame decode(String text) {
        int tab = text.indexOf(TAB);
        Optional<Kind> kind = tab < 2 ? Optional.empty() : Kind.of(text.charAt(0));
        if (kind.isEmpty()) {
            throw new IllegalArgumentException("another node speaks of what this version does not know");
        }
        return new LinkFrame(kind.get(), Long.parseLong(text.substring(1, tab), RADIX), text.substring(tab + 1));
    }
}
