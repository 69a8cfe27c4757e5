package tokenly.tool;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import tokenly.tool.verify.crash.EveryWrite;
import tokenly.tool.verify.crash.EveryWrite.Outcome;

/** Runs {@code tokenly verify --every-write} and shows how far it is, and what came of it. */
final class EveryWriteRun {

    /** A server that dies a thousand times has much to complain of; held, so that their levels are not forgotten. */
    private static final List<Logger> LOUD =
            List.of(Logger.getLogger("tokenly.store"), Logger.getLogger("tokenly.session"));

    private final Screen screen;
    private final EveryWriteReport report;

    EveryWriteRun(Screen screen, EveryWriteReport report) {
        this.screen = screen;
        this.report = report;
    }

    /** Runs it, and returns whether every rule held. */
    boolean holds(long seed, boolean isJson) {
        Outcome outcome = run(seed);
        if (isJson) {
            screen.result(report.json(outcome));
            return outcome.holds();
        }
        report.troubles(outcome).forEach(line -> screen.result(Paint.RED.on(line)));
        screen.result(report.figures(outcome));
        screen.result((outcome.holds() ? Paint.GREEN : Paint.RED).on(report.headline(outcome)));
        screen.result(report.again());
        return outcome.holds();
    }

    private Outcome run(long seed) {
        AtomicReference<String> now = new AtomicReference<>("");
        LOUD.forEach(log -> log.setLevel(Level.OFF));
        try (ProgressLine line = new ProgressLine(screen, now::get);
                ProgressLog log = new ProgressLog(screen, now::get)) {
            if (Terminal.isAtStandardError()) {
                line.start();
            } else {
                log.start();
            }
            return new EveryWrite(seed).run(soFar -> now.set(report.progress(soFar)));
        } finally {
            LOUD.forEach(log -> log.setLevel(null));
        }
    }
}
