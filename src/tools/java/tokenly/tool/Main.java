package tokenly.tool;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tokenly.tool.text.Language;

/** The way in: {@code tokenly COMMAND}. A new command is one more class in {@link Command#subcommands}. */
@Command(
        name = "tokenly",
        header = "${bundle:tokenly_header}",
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            ClusterCommand.class,
            FaultsCommand.class,
            ScenarioCommand.class,
            LoadCommand.class,
            VerifyCommand.class,
            TokenCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = "${bundle:tokenly_footer}")
public final class Main implements Runnable {

    @Mixin
    @SuppressWarnings("unused") // picocli looks
    private final CommonOptions common = new CommonOptions();

    @Option(names = "--version", versionHelp = true, description = "${bundle:version_option}")
    @SuppressWarnings("unused") // picocli looks
    private boolean isVersionAsked;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        int exitCode = commandLine(arguments).execute(arguments);
        System.exit(exitCode);
    }

    /** The command line for {@code arguments}, in whose language it speaks. */
    static CommandLine commandLine(String... arguments) {
        Language language = CommonOptions.language(arguments, Locale.getDefault());
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setOut(utf8(FileDescriptor.out)).setErr(utf8(FileDescriptor.err));
        return Messages.in(language, commandLine);
    }

    /** Whatever the locale says: a terminal in Korean has UTF-8, and the JSON is UTF-8. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** From the jar's manifest. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"tokenly " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
