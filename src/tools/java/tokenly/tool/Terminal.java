package tokenly.tool;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The terminal at standard input, made to give away each key at once. Needs {@code stty} (POSIX). For one thread. */
final class Terminal implements AutoCloseable {

    private final String before;
    private final Thread whenEnded = new Thread(this::restore);

    private Terminal(String before) {
        this.before = before;
        Runtime.getRuntime().addShutdownHook(whenEnded);
    }

    /** The terminal, if standard input is one. It stays as it is until {@link #giveKeys}. */
    static Optional<Terminal> ofKeys() {
        return stty("-g").map(Terminal::new);
    }

    /** Whether standard error is a terminal. */
    static boolean isAtStandardError() {
        return run(new ProcessBuilder("test", "-t", "2").redirectError(Redirect.INHERIT))
                .isPresent();
    }

    /** From now on each key comes at once and is not shown. */
    void giveKeys() {
        stty("-icanon", "-echo", "min", "1");
    }

    /** From now on lines come, as usual. */
    void giveLines() {
        restore();
    }

    private void restore() {
        stty(before);
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(whenEnded);
    }

    private static Optional<String> stty(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("stty"), Stream.of(arguments)).toArray(String[]::new);
        return run(new ProcessBuilder(command).redirectInput(Redirect.INHERIT));
    }

    /** What the command wrote, if it ended well. */
    private static Optional<String> run(ProcessBuilder builder) {
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty(); // no such command here, then there are no single keys either
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
