package io.plumbline.cli.model;

import picocli.CommandLine.Command;

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
            ForgetCommand.class,
            SignCommand.class,
            VerifyCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class ModelCommand {}
