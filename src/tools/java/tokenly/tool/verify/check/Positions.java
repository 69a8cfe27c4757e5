package tokenly.tool.verify.check;

import tokenly.tool.verify.history.Event;

/** Where an instance stands in its present epoch: the highest numbers in both directions. Tell it every event of the instance. */
final class Positions {

    private static final int NO_EPOCH = -1;

    private long epoch = NO_EPOCH;
    private long out;
    private long in;
    private long acked;
    private long ack;

    /** The highest number that went out. */
    long out() {
        return out;
    }

    /** The highest number that came in. */
    long in() {
        return in;
    }

    /** Up to where the server has acknowledged. */
    long acked() {
        return acked;
    }

    /** Up to where the client has acknowledged. */
    long ack() {
        return ack;
    }

    void note(Event event) {
        switch (event.kind()) {
            case CREATED, RESET -> begin(event.b());
            case RESUMED -> acked = Math.max(acked, event.b());
            case OUT -> out = Math.max(out, event.b());
            case IN -> in = Math.max(in, event.b());
            case ACKED -> acked = Math.max(acked, event.b());
            case ACK -> ack = Math.max(ack, event.b());
            default -> {}
        }
    }

    /** A {@code create-peer} may be answered twice with the same epoch. */
    private void begin(long next) {
        if (next != epoch) {
            epoch = next;
            out = 0;
            in = 0;
            acked = 0;
            ack = 0;
        }
    }
}
