package tokenly.tool.load;

import tokenly.tool.load.ws.WebSocketClient;

/** One that sends and one that receives, in a room of their own. */
final class Pair {

    /** What is done when the receiver has got the {@code number}th message, on the receivers' thread. */
    interface Arrival {
        void of(Pair pair, long number);
    }

    private final int index;
    private final BenchPeer sender;
    private final BenchPeer receiver;
    private final Arrival arrival;
    private long received; // only on the receivers' thread

    /** @param bytes of each message */
    Pair(Pairs pairs, int index, int bytes, WebSocketClient senders, WebSocketClient receivers, Arrival arrival) {
        this.index = index;
        this.arrival = arrival;
        ServerUnderTest subject = pairs.subject();
        String name = "load-" + pairs.run() + "-" + index;
        this.sender = subject.member(
                senders,
                new PeerAddress(name + "s", name + "r", name, bytes),
                pairs.listener(() -> pairs.faults().add("unexpected")));
        this.receiver = subject.member(
                receivers, new PeerAddress(name + "r", name + "s", name, bytes), pairs.listener(this::heard));
    }

    private void heard() {
        arrival.of(this, ++received);
    }

    int index() {
        return index;
    }

    BenchPeer sender() {
        return sender;
    }

    BenchPeer receiver() {
        return receiver;
    }

    long received() {
        return received;
    }
}
