package tokenly.tool.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tokenly.tool.load.ws.WebSocketClient;

/**
 * Many members, each in a room of its own, that take steps together, some of them at a time. Its methods are for one thread,
 * which they let wait; members and steps belong to the thread of the client.
 */
final class BenchFleet {

    /** How many are under way at a time: as many as with {@code tokenly load}. */
    private static final int AT_ONCE = 200;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** More than enough for messages that none of them sends. */
    private static final int MESSAGE_BYTES = 1_024;

    private final WebSocketClient client;
    private final String name;
    private final FailureCounts faults = new FailureCounts();
    private final List<BenchPeer> members;
    private Step step; // only on the client's thread

    /** @param name of its sessions and rooms, which a number from 0 follows */
    BenchFleet(ServerUnderTest subject, WebSocketClient client, String name, int count) {
        this.client = client;
        this.name = name;
        this.step = new Step(0, member -> {}, 0);
        this.members = IntStream.range(0, count)
                .mapToObj(i -> subject.member(
                        client,
                        new PeerAddress(session(name, i), sender(name, i), room(name, i), MESSAGE_BYTES),
                        new MemberListener(i)))
                .toList();
    }

    static String session(String name, int index) {
        return name + "-" + index;
    }

    /** A client that may be in the same room, but does not belong to this fleet. */
    static String sender(String name, int index) {
        return name + "-" + index + "s";
    }

    static String room(String name, int index) {
        return name + "-room-" + index;
    }

    String name() {
        return name;
    }

    int size() {
        return members.size();
    }

    FailureCounts faults() {
        return faults;
    }

    /**
     * All connect, and join their rooms or come back to them.
     *
     * @param messages that each must get before it is there; one too many is a fault
     * @return how long it took until the last one was there
     * @throws IOException if not all of them get there
     */
    Duration enter(int messages) throws IOException, InterruptedException {
        return take(BenchPeer::join, messages);
    }

    /** Waits until all that was under way to them has come. */
    void settle() throws IOException, InterruptedException {
        take(BenchPeer::ask, 0);
    }

    /** All say goodbye, and their sessions end. */
    void leave() throws IOException, InterruptedException {
        take(BenchPeer::leave, 0);
    }

    /** The connections of all end at once, without a word. */
    void cut() {
        client.execute(() -> members.forEach(BenchPeer::cut));
    }

    private Duration take(Consumer<BenchPeer> begin, int messages) throws IOException, InterruptedException {
        Step next = new Step(members.size(), begin, messages);
        client.execute(() -> {
            step = next;
            next.begin();
        });
        return next.await();
    }

    /** What all do. On the client's thread but for {@link #await}. */
    private final class Step {

        private final Consumer<BenchPeer> begin;
        private final int messages;
        private final int[] heard; // by member
        private final boolean[] isAdmitted; // the same
        private final CountDownLatch undone;
        private final Stopwatch watch = new Stopwatch();
        private int begun;
        private volatile Duration elapsed = Duration.ZERO; // until the last one so far had done it

        Step(int count, Consumer<BenchPeer> begin, int messages) {
            this.begin = begin;
            this.messages = messages;
            this.heard = new int[count];
            this.isAdmitted = new boolean[count];
            this.undone = new CountDownLatch(count);
        }

        void begin() {
            for (int i = 0; i < AT_ONCE; i++) {
                beginNext();
            }
        }

        private void beginNext() {
            if (begun < members.size()) {
                begin.accept(members.get(begun++));
            }
        }

        void admit(int index) {
            isAdmitted[index] = true;
            look(index);
        }

        void hear(int index) {
            heard[index]++;
            if (heard[index] > messages) {
                faults.add("one-too-many");
            } else {
                look(index);
            }
        }

        private void look(int index) {
            if (isAdmitted[index] && heard[index] == messages) {
                elapsed = watch.get();
                undone.countDown();
                beginNext();
            }
        }

        Duration await() throws IOException, InterruptedException {
            if (!undone.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(
                        undone.getCount() + " of " + heard.length + " did not get there: " + faults.all());
            }
            return elapsed;
        }
    }

    private final class MemberListener implements BenchListener {

        private final int index;

        MemberListener(int index) {
            this.index = index;
        }

        @Override
        public void joined() {
            step.admit(index);
        }

        @Override
        public void left() {
            step.admit(index);
        }

        @Override
        public void heard() {
            step.hear(index);
        }

        @Override
        public void failed(String reason) {
            faults.add(reason);
        }
    }
}
