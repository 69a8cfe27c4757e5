package tokenly.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tokenly.tool.load.Percentiles;
import tokenly.tool.load.Table;
import tokenly.tool.server.Parts;

/**
 * What the good clients met of each attack, printed when all tests are over, and written to target/hostile-HEAP-FORK.txt. It ends
 * the server that the attacks have in common, too.
 */
final class AttackReport implements BeforeAllCallback {

    private static final String ABSENT = "-";

    private static final List<Row> ROWS = new CopyOnWriteArrayList<>();

    /** One attack; fields that it did not come to are "-". */
    static final class Row {

        private final String attack;
        private String quietP99 = ABSENT;
        private String p99 = ABSENT;
        private String before = ABSENT;
        private String after = ABSENT;
        private String waits = ABSENT;
        private String told = ABSENT;

        private Row(String attack) {
            this.attack = attack;
        }

        void quiet(Percentiles percentiles) {
            quietP99 = millis(percentiles.p99());
        }

        void during(Percentiles percentiles) {
            p99 = millis(percentiles.p99());
        }

        /** How often good clients were asked to wait. */
        void waits(int count) {
            waits = Integer.toString(count);
        }

        void before(Footprint footprint) {
            before = text(footprint);
        }

        void after(Footprint footprint) {
            after = text(footprint);
        }

        void told(NamedRefusals refusals) {
            told = refusals.toString();
        }

        private static String millis(Duration duration) {
            return String.format(Locale.ROOT, "%.1f", duration.toNanos() / 1e6);
        }

        private static String text(Footprint footprint) {
            return String.format(
                    Locale.ROOT,
                    "%d/%d/%.1f/%d",
                    footprint.sockets(),
                    footprint.threads(),
                    footprint.heapBytes() / 1e6,
                    footprint.files());
        }
    }

    /** A row for {@code attack}, in the order of the calls. */
    static Row row(String attack) {
        Row row = new Row(attack);
        ROWS.add(row);
        return row;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(AttackReport.class))
                .computeIfAbsent("end", key -> (AutoCloseable) AttackReport::end);
    }

    private static void end() {
        HostileServer.closeShared();
        Table table = new Table()
                .row(
                        "attack (" + Scale.heap().option() + ")",
                        "quiet p99 ms",
                        "p99 ms",
                        "waits",
                        "sockets/threads/heap MB/files before",
                        "after");
        ROWS.forEach(row -> table.row(row.attack, row.quietP99, row.p99, row.waits, row.before, row.after));
        String text = String.join("\n", table.lines()) + "\n";
        for (Row row : ROWS) {
            text += row.attack + " is told: " + row.told + "\n";
        }
        System.out.println(text);
        try {
            Path file = Parts.project()
                    .resolve("target")
                    .resolve("hostile" + Scale.heap().option() + "-" + System.getProperty("it.fork") + ".txt");
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
