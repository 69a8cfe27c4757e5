package tokenly.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection that keeps what it is told. */
final class FakeConnection implements Connection {

    private final Account account;
    private final String name;
    private final List<ServerEvent> events = new ArrayList<>();
    final List<ServerEvent> raw = new ArrayList<>(); // just as they came, all of them
    final CompletableFuture<Boolean> probe = new CompletableFuture<>();
    int probes;
    final Map<SessionId, Long> acknowledged = new HashMap<>();
    final List<CloseReason> closeReasons = new ArrayList<>();
    Permit permit = Permit.EVERYTHING;
    boolean isFull;
    boolean isStopped;

    FakeConnection(String name) {
        this(name, Account.unbounded());
    }

    FakeConnection(String name, Account account) {
        this.name = name;
        this.account = account;
    }

    @Override
    public Account account() {
        return account;
    }

    @Override
    public Permit permit() {
        return permit;
    }

    @Override
    public void send(ServerEvent event) {
        raw.add(event);
        events.add(Fixture.withoutIncarnations(Fixture.withoutNumbers(event)));
    }

    @Override
    public void send(List<ServerEvent.Delivery> deliveries) {
        deliveries.forEach(this::send);
    }

    @Override
    public CompletionStage<Boolean> probe() {
        probes++;
        return probe;
    }

    @Override
    public void acknowledge(SessionId session, long acceptedSeq) {
        acknowledged.merge(session, acceptedSeq, Math::max);
    }

    @Override
    public boolean hasRoom() {
        return !isFull;
    }

    @Override
    public void close(CloseReason reason) {
        closeReasons.add(reason);
    }

    @Override
    public CompletionStage<?> stop() {
        isStopped = true;
        return CompletableFuture.completedStage(null);
    }

    /** All events since the last call. */
    List<ServerEvent> told() {
        List<ServerEvent> told = List.copyOf(events);
        events.clear();
        return told;
    }

    @Override
    public String toString() {
        return name;
    }
}
