package io.plumbline.cli.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline model}. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description =
                "Brings models into the registry and out of it; says where builds come from, where they run and ran, and who"
                        + " signed them; signs them.",
        subcommands = {
            PushCommand.class,
            ListCommand.class,
            ShowCommand.class,
            PullCommand.class,
            FromCommand.class,
            WhereCommand.class,
            RanCommand.class,
            SignCommand.class,
            VerifyCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "no command given: must be one of "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}
