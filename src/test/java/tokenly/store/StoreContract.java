package tokenly.store;

import static org.assertj.core.api.Assertions.assertThat;
import static tokenly.store.Records.appended;
import static tokenly.store.Records.created;
import static tokenly.store.Records.ended;
import static tokenly.store.Records.sessions;
import static tokenly.store.Records.taken;
import static tokenly.store.Records.text;
import static tokenly.store.Records.trimmed;
import static tokenly.store.Records.write;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tokenly.session.Store;

/** What every store promises, whether or not it keeps anything. */
public abstract class StoreContract {

    static final int ROOMS = 8;
    static final int RECORDS = 400;

    /** A store that has not been recovered yet, over what the last one of this test has left. */
    protected abstract Store open() throws Exception;

    @Test
    void aNewOneHasNothingAndLacksNothing() throws Exception {
        assertThat(open().recover().toCompletableFuture().join()).isEqualTo(Store.Recovered.NOTHING);
    }

    @Test
    void everythingIsAnsweredWhateverItIs() throws Exception {
        Store store = open();
        sessions(store);
        write(store);
        write(store, created("a"), taken("a", 1), appended("a", 1, text("one")));
        write(store, trimmed("a", 1), ended("a"));
        write(store, trimmed("a", 1));
        write(store, trimmed("never was", 7));
    }

    @Test
    void roomsWriteAtTheSameTime() throws Exception {
        Store store = open();
        sessions(store);
        writeFromAllRooms(store);
    }

    /** In each room, on a thread of its own, messages "1", "2", ... to the room's one session. */
    static void writeFromAllRooms(Store store) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(ROOMS);
        try {
            CyclicBarrier start = new CyclicBarrier(ROOMS);
            List<Future<?>> rooms = new ArrayList<>();
            for (int room = 0; room < ROOMS; room++) {
                String id = "s" + room;
                rooms.add(threads.submit(() -> {
                    start.await();
                    writeFromOneRoom(store, id);
                    return null;
                }));
            }
            for (Future<?> room : rooms) {
                room.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void writeFromOneRoom(Store store, String id) {
        write(store, created(id));
        List<CompletionStage<?>> unawaited = new ArrayList<>();
        for (int seq = 1; seq <= RECORDS; seq++) {
            write(store, appended(id, seq, text(String.valueOf(seq))));
            if (seq % 10 == 0 && seq < RECORDS) {
                unawaited.add(store.append(List.of(trimmed(id, seq - 5))));
            }
        }
        unawaited.stream().map(CompletionStage::toCompletableFuture).forEach(CompletableFuture::join);
    }
}
