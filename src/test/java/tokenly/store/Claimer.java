package tokenly.store;

import java.io.IOException;
import java.nio.file.Path;

/** A server that says whether it gets the directory that is its argument, and ends. */
final class Claimer {

    private Claimer() {}

    public static void main(String[] arguments) throws IOException {
        try (FileDisk disk = new FileDisk(Path.of(arguments[0]))) {
            disk.claim();
            System.out.println("claimed");
        } catch (StoreException refusal) {
            System.out.println("refused");
        }
    }
}
