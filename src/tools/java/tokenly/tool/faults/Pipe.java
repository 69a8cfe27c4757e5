package tokenly.tool.faults;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one connection: from the socket it reads, through the stages of the present faults, to the socket it
 * writes. What waits in it is bounded: beyond that it reads no more, and TCP makes the sender wait. Half-closes and resets
 * pass through the stages like bytes. For the loop's thread.
 */
final class Pipe implements Sink {

    private static final System.Logger LOG = System.getLogger(Pipe.class.getName());

    /** What one pipe may hold: with a latency of 100 ms it still lets 10 MB pass in a second. */
    static final int ROOM_BYTES = 1 << 20;

    /** Counted for each read besides its bytes, so that many small ones cannot fill the memory either. */
    private static final int CHARGE_PER_READ = 256;

    private final Relay relay;
    private final LoopTimer timer;
    private final ConnectionEnd source;
    private final ConnectionEnd sink;
    private final List<ToxicStage> stages = new ArrayList<>();
    private final Deque<Item> out = new ArrayDeque<>();
    private int charged;
    private long bytesIn;
    private long bytesOut;
    private final WebSocketFrames frames = new WebSocketFrames(); // that have come through all stages
    private byte @Nullable [] lastFrame; // waits for the end of the present one
    private Item.@Nullable Mark sourceEnd;
    private boolean isSinkOver;

    Pipe(Relay relay, LoopTimer timer, ConnectionEnd source, ConnectionEnd sink) {
        this.relay = relay;
        this.timer = timer;
        this.source = source;
        this.sink = sink;
    }

    /** Whether it would read now. */
    boolean wantsToRead() {
        return sourceEnd == null && !isSinkOver && charged < ROOM_BYTES;
    }

    boolean wantsToWrite() {
        return !out.isEmpty();
    }

    /** Whether the sender has no more to send. */
    boolean isSourceOver() {
        return sourceEnd != null;
    }

    /** Whether the receiver has been told so, or is gone. */
    boolean isSinkOver() {
        return isSinkOver;
    }

    Traffic traffic() {
        return new Traffic(bytesOut, relay.isOver() ? 0 : bytesIn - bytesOut);
    }

    /**
     * Reads once.
     *
     * @param scratch to read into; of no use to anybody afterwards
     */
    void read(ByteBuffer scratch) {
        scratch.clear();
        try {
            int count = source.read(scratch);
            if (count < 0) {
                end(Item.Mark.END);
            } else if (count > 0) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(count).put(scratch.flip()).flip();
                int charge = count + CHARGE_PER_READ;
                charged += charge;
                bytesIn += count;
                enter(new Item.Bytes(bytes, charge));
            }
        } catch (IOException reset) {
            LOG.log(Level.DEBUG, "a connection broke", reset);
            end(Item.Mark.RESET);
        }
    }

    /** The sender is done, or gone, or first the one and then the other; the receiver learns it through the stages. */
    void end(Item.Mark mark) {
        if (sourceEnd == null || (sourceEnd == Item.Mark.END && mark == Item.Mark.RESET)) {
            sourceEnd = mark;
            enter(mark);
        }
    }

    private void enter(Item item) {
        (stages.isEmpty() ? this : stages.get(0)).accept(item);
    }

    /** What has come through all stages. */
    @Override
    public void accept(Item item) {
        if (item == Item.Mark.RESET && isSinkOver) {
            relay.ended(this, Item.Mark.RESET); // it had been told of the end, and hears of this
        } else if (!isSinkOver) {
            out.add(item);
            if (item instanceof Item.Bytes bytes) {
                frames.follow(bytes.buffer());
                endAfterFrame();
            }
            write();
        }
    }

    /** Sends {@code frame} where a WebSocket frame ends, perhaps later, and closes the connection after it. */
    void endWith(byte[] frame) {
        lastFrame = frame;
        endAfterFrame();
        write();
    }

    private void endAfterFrame() {
        if (lastFrame != null && !isSinkOver && frames.isBetweenFrames()) {
            out.add(new Item.Bytes(ByteBuffer.wrap(lastFrame), 0));
            out.add(Item.Mark.CLOSE);
            lastFrame = null;
        }
    }

    /** Writes as much as the socket takes. */
    void write() {
        try {
            boolean isTaken = true;
            while (isTaken && out.peek() instanceof Item.Bytes bytes) {
                bytesOut += sink.write(bytes.buffer());
                isTaken = !bytes.buffer().hasRemaining();
                if (isTaken) {
                    out.remove();
                    charged -= bytes.charge();
                }
            }
            if (out.peek() instanceof Item.Mark mark) {
                pass(mark);
            }
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "a connection broke", broken);
            isSinkOver = true;
            out.clear();
            relay.receiverIsGone(this);
        }
        relay.settle(); // there may be room to read again
    }

    private void pass(Item.Mark mark) throws IOException {
        isSinkOver = true;
        out.clear();
        if (mark == Item.Mark.END) {
            sink.endOutput();
        }
        relay.ended(this, mark);
    }

    /** Puts a fault in: behind the others, or in the place of one of the same name, whose bytes it takes over. */
    void add(Fault fault, Toxic toxic) {
        int place = indexOf(fault.name());
        boolean isNew = place < 0;
        Sink next = isNew || place == stages.size() - 1 ? this : stages.get(place + 1);
        ToxicStage stage = new ToxicStage(fault, toxic, timer, next, () -> relay.cut(fault));
        if (isNew) {
            stages.add(stage);
            link(stages.size() - 2, stage);
            stage.start();
        } else {
            List<Item> held = stages.set(place, stage).takeOut();
            link(place - 1, stage);
            stage.start();
            held.forEach(stage::accept);
        }
    }

    /** Takes a fault out; what it held goes on at once, in order. */
    void remove(String name) {
        int place = indexOf(name);
        if (place < 0) {
            return;
        }
        List<Item> held = stages.remove(place).takeOut();
        Sink next = place == stages.size() ? this : stages.get(place);
        link(place - 1, next);
        held.forEach(next::accept);
    }

    /** The relay is closed: nothing moves any more. */
    void stop() {
        sourceEnd = Item.Mark.RESET;
        isSinkOver = true;
        out.clear();
        stages.forEach(ToxicStage::takeOut);
    }

    private void link(int place, Sink next) {
        if (place >= 0) {
            stages.get(place).setNext(next);
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i).fault().name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
