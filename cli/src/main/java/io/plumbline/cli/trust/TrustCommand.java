package io.plumbline.cli.trust;

import picocli.CommandLine.Command;

/** {@code plumbline trust}. */
@Command(
        name = "trust",
        mixinStandardHelpOptions = true,
        description =
                "Writes the trust root that gateways have: whose signatures count, and which builds were taken back.",
        footer = "The file is replaced whole; gateways read it with every build, without a restart.",
        subcommands = {KeysCommand.class, RevokeCommand.class, FloorCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class TrustCommand {}
