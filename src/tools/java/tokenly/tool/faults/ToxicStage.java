package tokenly.tool.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One fault at work on one pipe: it holds what comes in, in order, until its {@link Toxic} lets it on. How much it may hold
 * is bounded by the pipe, which stops reading. For the loop's thread.
 */
final class ToxicStage implements Sink {

    private final Fault fault;
    private final Toxic toxic;
    private final LoopTimer timer;
    private final Deque<Held> held = new ArrayDeque<>();
    private final LoopTimer.@Nullable Task cut;
    private Sink next;
    private @Nullable Departure departure;
    private LoopTimer.@Nullable Task wake;
    private boolean isOut;

    private record Held(Item item, Duration arrival) {}

    /** When the next {@code bytes} of the head leave. */
    private record Departure(int bytes, Duration at) {}

    /** @param whenCut is run at the toxic's time to end the connection, if it has one */
    ToxicStage(Fault fault, Toxic toxic, LoopTimer timer, Sink next, Runnable whenCut) {
        this.fault = fault;
        this.toxic = toxic;
        this.timer = timer;
        this.next = next;
        this.cut = toxic.cutsAfter().map(delay -> timer.after(delay, whenCut)).orElse(null);
    }

    Fault fault() {
        return fault;
    }

    void setNext(Sink next) {
        this.next = next;
    }

    /** Lets on what may go at once; the pipe calls it when the stage is in place. */
    void start() {
        release();
    }

    @Override
    public void accept(Item item) {
        held.add(new Held(item, timer.now()));
        release();
    }

    /** Takes the fault out of the pipe and returns what it held, for the pipe to pass on. It does nothing any more. */
    List<Item> takeOut() {
        isOut = true;
        for (LoopTimer.Task task : new LoopTimer.Task[] {cut, wake}) {
            if (task != null) {
                task.cancel();
            }
        }
        List<Item> items = held.stream().map(Held::item).toList();
        held.clear();
        return items;
    }

    private void release() {
        while (!isOut) {
            if (toxic.isSpent()) {
                isOut = true; // nothing after the close matters
                next.accept(Item.Mark.CLOSE);
                return;
            }
            Held head = held.peek();
            if (head == null) {
                return;
            }
            if (departure == null) {
                departure = decide(head);
            }
            if (!isDue(departure.at())) {
                return;
            }
            int bytes = departure.bytes();
            departure = null;
            next.accept(take(head.item(), bytes));
        }
    }

    private Departure decide(Held head) {
        int bytes =
                head.item() instanceof Item.Bytes all ? toxic.piece(all.buffer().remaining()) : 0;
        return new Departure(bytes, toxic.leavesAt(head.arrival(), bytes));
    }

    /** Whether that moment has come; if not, the stage will wake then. */
    private boolean isDue(Duration at) {
        if (at.equals(Toxic.NEVER)) {
            return false;
        }
        Duration wait = at.minus(timer.now());
        if (wait.isNegative() || wait.isZero()) {
            return true;
        }
        if (wake == null) {
            wake = timer.after(wait, () -> {
                wake = null;
                release();
            });
        }
        return false;
    }

    private Item take(Item head, int bytes) {
        if (head instanceof Item.Bytes all) {
            Item.Bytes piece = all.first(bytes);
            if (!all.buffer().hasRemaining()) {
                held.remove();
            }
            return piece;
        }
        held.remove();
        return head;
    }
}
