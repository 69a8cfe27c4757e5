package tokenly.tool.scenario;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tokenly.tool.text.Language;

/** What a scenario tells people while it runs. Lines come from several threads. Thread-safe. */
final class ScenarioLog {

    final Language language;
    private final PrintWriter out;
    private final List<String> cannot = new ArrayList<>(); // guarded by this
    private int steps; // guarded by this

    ScenarioLog(Language language, PrintWriter out) {
        this.language = language;
        this.out = out;
    }

    /** Something is done now. */
    synchronized void step(Words words) {
        steps++;
        out.println(steps + ". " + words.in(language));
    }

    /** Something is as the guide says. */
    synchronized void holds(Words words) {
        out.println("   ✓ " + words.in(language));
    }

    /** A line of a process that takes part. */
    synchronized void quote(String line) {
        out.println("   │ " + line);
    }

    /** Something that this machine cannot do, and why; it is never passed over in silence. */
    synchronized void cannot(Words words) {
        cannot.add(words.in(language));
        out.println("   ! " + words.in(language));
    }

    synchronized Scenarios.Outcome passed(String scenario) {
        out.println(new Words("✓ 안내서대로입니다", "✓ as the guide says").in(language) + "\n");
        return new Scenarios.Outcome(scenario, Optional.empty(), List.copyOf(cannot));
    }

    synchronized Scenarios.Outcome failed(String scenario, RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        out.println("✗ " + reason + "\n");
        return new Scenarios.Outcome(scenario, Optional.of(reason), List.copyOf(cannot));
    }
}
