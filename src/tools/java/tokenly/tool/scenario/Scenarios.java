package tokenly.tool.scenario;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tokenly.tool.server.Parts;
import tokenly.tool.text.JsonLine;
import tokenly.tool.text.Language;

/** The scenarios in the guide's order of importance; their names on the command line are in kebab-case. */
@SuppressWarnings("ImmutableEnumChecker") // records of strings and a constructor: none of them ever changes
public enum Scenarios {
    NORMAL_RECONNECT("4.1", "정상 재연결", "normal reconnect", NormalReconnect::new),
    EXPONENTIAL_BACKOFF("4.2", "지수 백오프 (30초 이상)", "exponential backoff (over 30 s)", ExponentialBackoff::new),
    SERVER_RESTART("4.3", "서버 재시작", "server restart", ServerRestart::new),
    HEARTBEAT("4.4", "지연과 침묵 속의 하트비트", "the heartbeat under delay and silence", HeartbeatUnderFaults::new),
    STOPPED_PROCESS("3.2", "멈춘 프로세스 (SIGSTOP)", "a stopped process (SIGSTOP)", StoppedProcess::new),
    BLOCKED_PORT("3.3", "막힌 포트", "a blocked port", BlockedPort::new),
    DELAY_AND_LOSS("3.4", "지연과 손실", "delay and loss", DelayAndLoss::new),
    KILLED_CONNECTION("3.5", "밖에서 끊은 연결", "a connection killed from outside", KilledConnection::new),
    PORT_CONFLICT("6", "포트 충돌", "a port conflict", PortConflict::new),
    MANY_CONNECTIONS("7", "연결 10,000개", "10,000 connections", ManyConnections::new);

    private final String section;
    private final Words title;
    private final Supplier<Scenario> scenario;

    Scenarios(String section, String ko, String en, Supplier<Scenario> scenario) {
        this.section = section;
        this.title = new Words(ko, en);
        this.scenario = scenario;
    }

    /** The scenario of that name, such as {@code server-restart}. */
    public static Optional<Scenarios> named(String name) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.commandName().equals(name))
                .findFirst();
    }

    /** Its name, the guide's section and its title on one line. */
    public String line(Language language) {
        return "%-20s %-4s %s".formatted(commandName(), section, title.in(language));
    }

    /** Plays it, and tells {@code out} what happens. Whatever it starts has ended when this returns, or the JVM ends. */
    public Outcome play(Language language, PrintWriter out) {
        ScenarioLog log = new ScenarioLog(language, out);
        out.println("== " + line(language));
        Testbed testbed = new Testbed(log, Parts.project());
        Thread whenInterrupted = new Thread(testbed::close, "scenario-end");
        Runtime.getRuntime().addShutdownHook(whenInterrupted);
        try (testbed) {
            scenario.get().play(testbed);
            return log.passed(commandName());
        } catch (ScenarioFailedException | IllegalStateException | UncheckedIOException failed) {
            return log.failed(commandName(), failed);
        } finally {
            Runtime.getRuntime().removeShutdownHook(whenInterrupted);
        }
    }

    private String commandName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * What came of a scenario.
     *
     * @param failure what did not happen as the guide says, if anything
     * @param cannot what this machine could not do, and why
     */
    public record Outcome(String scenario, Optional<String> failure, List<String> cannot) {

        /** {@code scenario}, {@code passed}, {@code failure} or null, {@code cannot}. */
        public JsonLine json() {
            return new JsonLine()
                    .with("scenario", scenario)
                    .with("passed", failure.isEmpty())
                    .with("failure", failure.orElse(null))
                    .with("cannot", cannot);
        }
    }
}
