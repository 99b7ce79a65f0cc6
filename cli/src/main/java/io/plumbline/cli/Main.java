package io.plumbline.cli;

import static java.util.stream.Collectors.joining;

import io.plumbline.cli.alert.AlertsCommand;
import io.plumbline.cli.demo.DemoCommand;
import io.plumbline.cli.fleet.ApplyCommand;
import io.plumbline.cli.fleet.DiffCommand;
import io.plumbline.cli.fleet.ExportCommand;
import io.plumbline.cli.fleet.GetCommand;
import io.plumbline.cli.gateway.GatewayCommand;
import io.plumbline.cli.label.LabelCommand;
import io.plumbline.cli.launch.Children;
import io.plumbline.cli.model.ModelCommand;
import io.plumbline.cli.option.Surroundings;
import io.plumbline.cli.recalibration.RecalibrateCommand;
import io.plumbline.cli.recalibration.RecalibrationsCommand;
import io.plumbline.cli.rollout.RolloutCommand;
import io.plumbline.cli.tool.BenchCommand;
import io.plumbline.cli.tool.CompareCommand;
import io.plumbline.cli.tool.InspectCommand;
import io.plumbline.cli.tool.QuantizeCommand;
import io.plumbline.cli.trust.TrustCommand;
import io.plumbline.cli.verdict.DriftCommand;
import io.plumbline.cli.verdict.ExplainCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The map of the command line. */
@Command(
        name = "plumbline",
        mixinStandardHelpOptions = true,
        version = "plumbline 0.1.0",
        description = "Keeps INT8 models true across a fleet of edge devices.",
        subcommands = {
            DemoCommand.class,
            QuantizeCommand.class,
            InspectCommand.class,
            CompareCommand.class,
            BenchCommand.class,
            ExplainCommand.class,
            DriftCommand.class,
            LabelCommand.class,
            ApplyCommand.class,
            DiffCommand.class,
            GetCommand.class,
            ExportCommand.class,
            GatewayCommand.class,
            AlertsCommand.class,
            RecalibrateCommand.class,
            RecalibrationsCommand.class,
            RolloutCommand.class,
            ModelCommand.class,
            TrustCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes, where the help of a command says nothing else:%n",
        exitCodeList = {"0:done", "1:something failed, in one line on standard error", "2:the command line is wrong"},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Surroundings.Known {

    private static final int FAILED = 1;

    private final Surroundings surroundings;

    private Main(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public static void main(String[] args) {
        System.exit(commandLine(Surroundings.ofThisProcess()).execute(args));
    }

    @Override
    public Surroundings surroundings() {
        return surroundings;
    }

    /** Every failure is one line on standard error; what the person typed wrong ends with exit code 2. */
    static CommandLine commandLine(Surroundings surroundings) {
        return new CommandLine(new Main(surroundings))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Main::run)
                .setParameterExceptionHandler((e, args) -> refuse(e))
                .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command));
    }

    /** Memory is the one thing that may run out through no fault of ours: files of samples are read whole. */
    private static int run(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            say(
                    parsed.commandSpec().commandLine(),
                    "out of memory (" + e.getMessage() + "): give a smaller file or fewer samples, or more heap with "
                            + "PLUMBLINE_JAVA_OPTIONS=-Xmx8g; an array may have 2 GB at most");
            return FAILED;
        }
    }

    private static int refuse(ParameterException e) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        say(command, reason(e) + "; see " + name + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String reason(ParameterException e) {
        var commands = String.join(", ", e.getCommandLine().getSubcommands().keySet());
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption() && !commands.isEmpty()) {
            return "unknown command '" + unmatched.getUnmatched().get(0) + "': must be one of " + commands;
        }
        if (isGroup(e.getCommandLine()) && !(e instanceof UnmatchedArgumentException)) {
            return "no command given: must be one of " + commands;
        }
        return oneLine(e);
    }

    /** One that does nothing by itself, only through the commands in it. */
    private static boolean isGroup(CommandLine command) {
        Object does = command.getCommand();
        return !(does instanceof Runnable || does instanceof Callable);
    }

    /** When this process ends on a signal, everything around the command fails; nobody needs to read that. */
    private static int fail(Exception e, CommandLine command) {
        if (!Children.areBeingStopped()) {
            say(command, oneLine(e));
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static void say(CommandLine command, String line) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + line);
    }

    private static String oneLine(Exception e) {
        var message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().map(String::strip).collect(joining("; "));
    }
}
