package tokenly.tool;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tokenly.tool.text.UsageException;

/** {@code tokenly help [COMMAND]}: the same as {@code tokenly [COMMAND] --help}. */
@Command(name = "help", header = "${bundle:help_command}", helpCommand = true)
final class HelpCommand implements Runnable {

    @Mixin
    @SuppressWarnings("unused") // picocli looks
    private final CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "${bundle:help_parameter}")
    private @Nullable String command;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine tokenly = spec.parent().commandLine();
        CommandLine asked = command == null ? tokenly : tokenly.getSubcommands().get(command);
        if (asked == null) {
            throw new UsageException("unknown_argument", String.valueOf(command));
        }
        asked.usage(spec.commandLine().getOut());
    }
}
