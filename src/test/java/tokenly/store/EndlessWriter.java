package tokenly.store;

import java.nio.file.Path;
import java.util.List;

/** A server that writes and says what was answered, until it is killed. The argument is the directory of its store. */
final class EndlessWriter {

    private EndlessWriter() {}

    public static void main(String[] arguments) {
        JournalStore store = new JournalStore(Path.of(arguments[0]), Fsync.OFF);
        store.recover().toCompletableFuture().join();
        store.append(List.of(Records.created("a"))).toCompletableFuture().join();
        for (long seq = 1; !System.out.checkError(); seq++) { // ends with whoever reads it
            store.append(List.of(Records.taken("a", seq))).toCompletableFuture().join();
            System.out.println(seq);
        }
    }
}
