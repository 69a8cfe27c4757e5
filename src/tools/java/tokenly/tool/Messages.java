package tokenly.tool;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import tokenly.tool.text.Language;
import tokenly.tool.text.UsageException;

/** Makes picocli speak one of our languages: help, complaints about the command line, and what a command throws. */
final class Messages {

    private final Language language;

    private Messages(Language language) {
        this.language = language;
    }

    /** Returns {@code commandLine}, with all its commands speaking {@code language}. */
    static CommandLine in(Language language, CommandLine commandLine) {
        Messages messages = new Messages(language);
        commandLine.setResourceBundle(language.texts());
        messages.name(commandLine);
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, arguments) -> messages.complain(wrong))
                .setExecutionExceptionHandler((failed, command, result) -> messages.explain(failed, command));
    }

    /** The headings of the help. */
    private void name(CommandLine commandLine) {
        UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
        usage.synopsisHeading("%n" + language.text("usage_heading") + " ");
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n" + language.text("parameters_heading") + "%n");
        usage.optionListHeading("%n" + language.text("options_heading") + "%n");
        usage.commandListHeading("%n" + language.text("commands_heading") + "%n");
        usage.footerHeading("%n");
        usage.adjustLineBreaksForWideCJKCharacters(true);
        commandLine.getSubcommands().values().forEach(this::name);
    }

    private int complain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        error(command, said(wrong));
        command.getErr()
                .println(language.text("see_help", command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    private String said(ParameterException wrong) {
        if (wrong.getCause() instanceof UsageException complaint) {
            return complaint.in(language);
        }
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return language.text("unknown_argument", String.join(" ", unmatched.getUnmatched()));
        }
        if (wrong instanceof MissingParameterException missing) {
            return language.text("missing_argument", missing.getMissing().toString());
        }
        return String.valueOf(wrong.getMessage());
    }

    /** What a command could not do; a bug of ours goes on as it is. */
    private int explain(Exception failed, CommandLine command) throws Exception {
        if (failed instanceof UsageException complaint) {
            return complain(new ParameterException(command, complaint.getMessage(), complaint));
        }
        if (failed instanceof CliException failure) {
            error(command, failure.in(language));
            return ExitCode.SOFTWARE;
        }
        throw failed;
    }

    private static void error(CommandLine command, String message) {
        PrintWriter err = command.getErr();
        err.println(Paint.RED.on(message));
    }
}
