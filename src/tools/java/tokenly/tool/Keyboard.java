package tokenly.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Reads standard input: single keys from a terminal, lines from anything else. */
final class Keyboard {

    /** Begins a line where single keys are read. */
    private static final int LINE_KEY = ':';

    private final InputStream in;
    private final Optional<Terminal> terminal;

    /** @param terminal at {@code in}, if it is one */
    Keyboard(InputStream in, Optional<Terminal> terminal) {
        this.in = in;
        this.terminal = terminal;
    }

    /** Hands what comes to {@code bindings} until that is done. The end of the input is no end: then no more keys come. */
    void steer(KeyBindings bindings) {
        try {
            while (!bindings.isDone()) {
                if (!(terminal.isPresent() ? readKey(terminal.get(), bindings) : readLine(bindings))) {
                    new CountDownLatch(1).await();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("standard input cannot be read", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.ifPresent(Terminal::close);
        }
    }

    /** Whether there was a key. */
    private boolean readKey(Terminal keys, KeyBindings bindings) throws IOException {
        keys.giveKeys();
        int key = in.read();
        if (key == LINE_KEY) {
            keys.giveLines();
            return readLine(bindings);
        }
        if (key > ' ') {
            bindings.key((char) key);
        }
        return key >= 0;
    }

    /** Whether there was a line, or the rest of one. */
    private boolean readLine(KeyBindings bindings) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        bindings.line(line.toString(StandardCharsets.UTF_8));
        return next >= 0;
    }
}
