package tokenly.tool;

import java.io.PrintWriter;

/** Standard output and standard error, with one line at the bottom that tells the progress. Thread-safe. */
final class Screen {

    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final PrintWriter err;
    private String progress = "";

    Screen(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** A line of the result. */
    synchronized void result(String line) {
        above(out, line);
    }

    /** A line about trouble. */
    synchronized void trouble(String line) {
        above(err, line);
    }

    /** Shows {@code line} in the place of the one before; only for a terminal at standard error. */
    synchronized void progress(String line) {
        if (!line.equals(progress)) {
            err.print(ERASE_LINE + line);
            err.flush();
            progress = line;
        }
    }

    private void above(PrintWriter writer, String line) {
        String below = progress;
        progress("");
        writer.println(line);
        writer.flush();
        progress(below);
    }
}
