package tokenly.socket;

import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Offers and answers of the container on two threads: in every order, all is sent, one at a time, and nobody is forgotten. */
@Tag("slow")
public class OutboxThreadsTest {

    private final Queue<SendHandler> underWay = new ConcurrentLinkedQueue<>();
    private final AtomicInteger offered = new AtomicInteger();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger sending = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger called = new AtomicInteger();
    private final FakeOwner owner = new FakeOwner(failure -> failures.incrementAndGet(), called::incrementAndGet);
    private final Outbox outbox = owner.own(
            new Outbox(this::send, new Backlog.Bounds(0, 1_000), new SendBudget(1 << 30, new StillTimer()), owner));

    private void send(String text, SendHandler whenSent) {
        if (sending.incrementAndGet() > 1) {
            throw new IllegalStateException("two sends at once");
        }
        sent.incrementAndGet();
        underWay.add(whenSent);
    }

    @Operation
    public boolean offer() {
        offered.incrementAndGet();
        return outbox.offer(Unsent.of("text"));
    }

    @Operation
    public void finish() {
        SendHandler oldest = underWay.poll();
        if (oldest != null) {
            sending.decrementAndGet();
            oldest.onResult(new SendResult());
        }
    }

    @Validate
    public void allIsSentOneAtATime() {
        while (!underWay.isEmpty()) {
            finish();
        }
        if (failures.get() > 0
                || sent.get() != offered.get()
                || outbox.sendingSince().isPresent()) {
            throw new IllegalStateException(sent + " of " + offered + " sent, " + failures + " failures");
        }
    }

    @Test
    void whateverTheOrderAllIsSentOneAtATime() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .iterations(8)
                .invocationsPerIteration(100)
                .check(OutboxThreadsTest.class);
    }
}
