package io.plumbline.cli.trust;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline trust}. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description =
                "Writes the trust root that gateways have: whose signatures count, and which builds were taken back.",
        footer = "The file is replaced whole; gateways read it with every build, without a restart.",
        subcommands = {KeysCommand.class, RevokeCommand.class, FloorCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class TrustCommand implements Runnable {

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
