package tokenly.tool.load.bench;

import tokenly.tool.load.ws.Client;

/** One that sends and one that receives, in a room of their own. */
final class Pair {

    /** What is done when the receiver has got the {@code number}th message, on the receivers' thread. */
    interface Arrival {
        void of(Pair pair, long number);
    }

    private final int index;
    private final Member sender;
    private final Member receiver;
    private final Arrival arrival;
    private long received; // only on the receivers' thread

    /** @param bytes of each message */
    Pair(Pairs pairs, int index, int bytes, Client senders, Client receivers, Arrival arrival) {
        this.index = index;
        this.arrival = arrival;
        Contender contender = pairs.contender();
        String name = "load-" + pairs.run() + "-" + index;
        this.sender = contender.member(
                senders,
                new Seat(name + "s", name + "r", name, bytes),
                pairs.ears(() -> pairs.faults().add("unexpected")));
        this.receiver =
                contender.member(receivers, new Seat(name + "r", name + "s", name, bytes), pairs.ears(this::heard));
    }

    private void heard() {
        arrival.of(this, ++received);
    }

    int index() {
        return index;
    }

    Member sender() {
        return sender;
    }

    Member receiver() {
        return receiver;
    }

    long received() {
        return received;
    }
}
