package tokenly.tool.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tokenly.tool.server.JsonDocument;

/**
 * The checker is checked: with each protection switched off on purpose, {@code tokenly verify} must find what then goes
 * wrong; and what a mutant needs besides, such as a store that fails, must break nothing by itself.
 */
class VerifyMutantsIT {

    private static final Path BASE =
            Path.of(System.getProperty("it.basedir", ".")).toAbsolutePath();
    private static final Path WAR = Path.of(System.getProperty("it.war", "target/Tokenly.war"));
    private static final Path TOOLS = Path.of(System.getProperty("it.tools", "target/tokenly-tools.jar"));

    private static final String HOLD = "tokenly/session/Hold.java";
    private static final String ROUTER = "tokenly/session/Router.java";
    private static final String JOURNAL = "tokenly/store/JournalStore.java";
    private static final String ALONE =
            "        Optional<CompletionStage<@Nullable Void>> alone = writers == null ? appendAlone(changes) : Optional.empty();";

    /** Every now and then a signal cannot be written. */
    private static final Patch FAILING_STORE = new Patch(JOURNAL, ALONE, """
                    if (changes.stream().anyMatch(change -> change instanceof Change.Taken)
                            && java.util.concurrent.ThreadLocalRandom.current().nextInt(20) == 0) {
                        return CompletableFuture.failedStage(new IOException("the disk is full"));
                    }
            """ + ALONE);

    /** What is answered waits in memory for the next write. */
    private static final Patch HASTY_STORE = new Patch(JOURNAL, ALONE, """
                    if (writer != null) {
                        queue.offer(new PendingAppend(changes));
                        if (java.util.concurrent.ThreadLocalRandom.current().nextInt(20) == 0) {
                            serve();
                        }
                        return WRITTEN;
                    }
            """ + ALONE);

    /** A server that has forgotten what it has taken, and takes what is sent again for something new. */
    private static final Patch FORGETFUL_SERVER = new Patch(
            ROUTER,
            "            transaction.post(sender, addressee, message);",
            "            transaction.post(sender, addressee, message); transaction.post(sender, addressee, message);");

    /** A start does not see the last quarter of the newest file, as if it had never been written. */
    private static final Patch SHORT_LOG = new Patch(
            "tokenly/store/Recovery.java",
            "int end = isLast ? size : log.headers().get(i + 1).previousLength();",
            "int end = isLast ? size - size / 4 : log.headers().get(i + 1).previousLength();");

    /** Runs for each mutant until one finds it: some show only where a kill meets an unwritten record. */
    private static final int SEEDS = 4;

    @TempDir
    private Path directory;

    static Stream<Mutant> mutants() {
        String all = "reset,proxy-close,half-open,late-frames,takeover,new-owner,duplicate-resume,kill";
        return Stream.of(
                new Mutant("nothing is switched off", List.of(), all, Set.of()),
                new Mutant("a store that fails breaks nothing", List.of(FAILING_STORE), "reset", Set.of()),
                new Mutant(
                        "the acceptedSeq moves before the append",
                        List.of(
                                FAILING_STORE,
                                new Patch(
                                        "tokenly/session/Transaction.java",
                                        "add(new Store.Change.Taken(sender.id, seq), () -> sender.signals.take(seq));",
                                        "sender.signals.take(seq); add(new Store.Change.Taken(sender.id, seq), () -> {});")),
                        "reset",
                        Set.of("no_gap", "nothing_lost")),
                new Mutant(
                        "the store answers before it has written",
                        List.of(HASTY_STORE),
                        "kill",
                        Set.of("numbers", "resets")),
                new Mutant(
                        "a restart forgets the last signal",
                        List.of(new Patch(
                                "tokenly/store/SessionEntry.java",
                                "acceptedSeq = taken.seq();",
                                "acceptedSeq = taken.seq() - 1;")),
                        "kill",
                        Set.of("numbers", "resets")),
                new Mutant(
                        "a log that loses its end after it was acknowledged",
                        List.of(SHORT_LOG),
                        "kill",
                        Set.of("resets")),
                new Mutant(
                        "a log that loses its end, and a server that does not ask what was acknowledged",
                        List.of(
                                SHORT_LOG,
                                new Patch(
                                        "tokenly/session/Resumption.java",
                                        "if (position.received() > session.hold.maxSent() || position.acknowledged() > session.acceptedSeq()) {",
                                        "if (position.received() > session.hold.maxSent()) {")),
                        "kill",
                        Set.of("numbers", "resets")),
                new Mutant(
                        "a signal reaches whoever has the name",
                        List.of(new Patch(
                                ROUTER,
                                "} else if (arrival.owner() != null && ",
                                "} else if (sender == null && arrival.owner() != null && ")),
                        "new-owner,half-open",
                        Set.of("owners")),
                new Mutant(
                        "a close by a proxy ends sessions",
                        List.of(new Patch(
                                "tokenly/socket/Receiver.java",
                                "reason == DisconnectReason.LEAVING && connection.subprotocol().isResumable();",
                                "reason == DisconnectReason.LEAVING && connection.subprotocol() == null;")),
                        "proxy-close",
                        Set.of("resets")),
                new Mutant(
                        "a mailbox is trimmed when it is sent",
                        List.of(
                                new Patch(
                                        "tokenly/session/Attachment.java",
                                        "deliveries.add(new ServerEvent.Delivery(session, cursor, message));",
                                        "deliveries.add(new ServerEvent.Delivery(session, cursor, message)); mailbox.trim(cursor);")),
                        "late-frames,half-open",
                        Set.of("resets", "numbers", "no_gap")),
                new Mutant(
                        "no fence",
                        List.of(
                                new Patch(
                                        HOLD,
                                        "return attachment != null && attachment.holder.connection == connection;",
                                        "return attachment != null;"),
                                new Patch(
                                        HOLD,
                                        "attachment.holder.remove(session);\n        }\n        attachment = new",
                                        "}\n        attachment = new")),
                        "late-frames",
                        Set.of("fence")),
                new Mutant(
                        "a resume needs a noticed loss",
                        List.of(
                                new Patch(
                                        "tokenly/session/Resumption.java",
                                        "        if (!holder.add(session)) {",
                                        "        if (session.isConnected()) { holder.connection.send(new ServerEvent.Gone(request.id())); return RoomExecutor.DONE; }\n        if (!holder.add(session)) {")),
                        "late-frames",
                        Set.of("resets")),
                new Mutant(
                        "no instance rule",
                        List.of(new Patch(
                                "tokenly/session/Credentials.java",
                                "return instance.equals(other.instance);",
                                "return true;")),
                        "takeover",
                        Set.of("resets", "numbers")),
                new Mutant(
                        "a server that doubles signals breaks nothing", List.of(FORGETFUL_SERVER), "reset", Set.of()),
                new Mutant(
                        "no source rule",
                        List.of(
                                FORGETFUL_SERVER,
                                new Patch(
                                        "tokenly/client/SourceRule.java",
                                        "            return false;",
                                        "            return true;")),
                        "reset",
                        Set.of("once")));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    @Execution(ExecutionMode.CONCURRENT) // each mostly waits for its server, and for the end of its run
    void aMutantIsFound(Mutant mutant) throws IOException, InterruptedException {
        MutantBuild build = new MutantBuild(BASE, directory);
        Path classes = build.classes(mutant.patches());
        Path war = build.war(WAR, classes);
        Set<String> broken = verify(mutant, classes, war, 1);
        if (mutant.rules().isEmpty()) {
            assertThat(broken).isEmpty();
            return;
        }
        for (int seed = 2; seed <= SEEDS && Collections.disjoint(broken, mutant.rules()); seed++) {
            broken = verify(mutant, classes, war, seed);
        }
        assertThat(broken).containsAnyElementsOf(mutant.rules());
    }

    /** The rules that {@code tokenly verify} finds broken, in a process whose client is the mutant's, too. */
    private Set<String> verify(Mutant mutant, Path classes, Path war, int seed)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dit.basedir=" + BASE,
                "-Dit.war=" + war,
                "-cp",
                classes + File.pathSeparator + TOOLS.toAbsolutePath()));
        if (System.getProperty("it.jetty-home") != null) {
            command.add("-Dit.jetty-home=" + System.getProperty("it.jetty-home"));
        }
        command.add("tokenly.tool.Main");
        command.addAll(List.of(
                "verify",
                "--json",
                "--seconds",
                "8",
                "--sessions",
                "8",
                "--rate",
                "800",
                "--seed",
                Integer.toString(seed)));
        command.addAll(List.of(
                "--faults",
                mutant.faults(),
                "--page",
                directory.resolve("page.html").toString()));
        File errors = directory.resolve("errors.txt").toFile();
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        process.getOutputStream().close();
        String verdict = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        Set<String> broken = broken(JsonDocument.parse(verdict.strip()));
        System.out.println(mutant + ": " + broken); // what else was found is worth knowing
        assertThat(exitCode).isEqualTo(broken.isEmpty() ? 0 : 1);
        return broken;
    }

    private static Set<String> broken(JsonDocument verdict) {
        Set<String> broken = new TreeSet<>();
        if (verdict.get("rules") instanceof List<?> rules) {
            for (Object rule : rules) {
                if (rule instanceof Map<?, ?> fields
                        && fields.get("broken") instanceof BigDecimal count
                        && count.signum() > 0) {
                    broken.add(String.valueOf(fields.get("rule")));
                }
            }
        }
        return broken;
    }
}
