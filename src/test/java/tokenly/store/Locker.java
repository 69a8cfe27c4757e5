package tokenly.store;

import java.io.IOException;
import java.nio.file.Path;

/** A server that says whether it gets the directory that is its argument, and ends. */
final class Locker {

    private Locker() {}

    public static void main(String[] arguments) throws IOException {
        try (FileDisk disk = new FileDisk(Path.of(arguments[0]))) {
            disk.lock();
            System.out.println("locked");
        } catch (StoreException refusal) {
            System.out.println("refused");
        }
    }
}
