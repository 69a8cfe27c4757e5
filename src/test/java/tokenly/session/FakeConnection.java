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
    private final List<Notice> notices = new ArrayList<>();
    final CompletableFuture<Boolean> probe = new CompletableFuture<>();
    int probes;
    final Map<SessionId, Long> acknowledged = new HashMap<>();
    final List<Farewell> farewells = new ArrayList<>();
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
    public void send(Notice notice) {
        notices.add(Scene.withoutNumbers(notice));
    }

    @Override
    public void send(List<Notice.Delivery> deliveries) {
        deliveries.forEach(this::send);
    }

    @Override
    public CompletionStage<Boolean> probe() {
        probes++;
        return probe;
    }

    @Override
    public void acknowledge(SessionId session, long cursor) {
        acknowledged.merge(session, cursor, Math::max);
    }

    @Override
    public boolean hasRoom() {
        return !isFull;
    }

    @Override
    public void close(Farewell farewell) {
        farewells.add(farewell);
    }

    @Override
    public CompletionStage<?> stop() {
        isStopped = true;
        return CompletableFuture.completedStage(null);
    }

    /** All notices since the last call. */
    List<Notice> told() {
        List<Notice> told = List.copyOf(notices);
        notices.clear();
        return told;
    }

    @Override
    public String toString() {
        return name;
    }
}
