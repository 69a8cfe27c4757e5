package tokenly.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The inputs in src/test/fuzz, a directory for each target. A finding of Jazzer becomes a test when its file is put there. */
public final class Corpus {

    private static final Path ROOT = Path.of("src", "test", "fuzz");

    private Corpus() {}

    /** What Jazzer calls, over and over. */
    public interface Target {

        /** Throws where {@code bytes} show a bug. */
        void run(byte[] bytes) throws Exception;
    }

    /** A test that runs {@code target} on every input of that name. */
    public static DynamicTest replay(String name, Target target) throws IOException {
        List<Path> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(ROOT.resolve(name))) {
            files.sorted().forEach(inputs::add);
        }
        return DynamicTest.dynamicTest(name, () -> {
            assertThat(inputs).isNotEmpty();
            for (Path input : inputs) {
                try {
                    target.run(Files.readAllBytes(input));
                } catch (Exception | AssertionError bug) {
                    throw new AssertionError(input.toString(), bug);
                }
            }
        });
    }
}
