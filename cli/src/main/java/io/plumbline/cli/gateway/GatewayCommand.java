package io.plumbline.cli.gateway;

import picocli.CommandLine.Command;

/** {@code plumbline gateway}. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description = "Gateways that come by invitation, without being named in the fleet file.",
        subcommands = {InviteCommand.class, ListCommand.class, RemoveCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class GatewayCommand {}
