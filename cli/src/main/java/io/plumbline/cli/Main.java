package io.plumbline.cli;

import io.plumbline.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The map of the command line. */
@Command(
        name = "plumbline",
        mixinStandardHelpOptions = true,
        version = "plumbline 0.1.0",
        description = "Keeps INT8 models true across a fleet of edge devices.",
        subcommands = {DemoCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** Every failure is one line on standard error. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    e.getCommandLine().getErr().println(e.getMessage());
                    e.getCommandLine()
                            .getErr()
                            .println("see: "
                                    + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
                    return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine(e));
                    return FAILED;
                });
    }

    private static String oneLine(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
