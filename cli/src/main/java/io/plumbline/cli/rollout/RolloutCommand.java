package io.plumbline.cli.rollout;

import picocli.CommandLine.Command;

/** {@code plumbline rollout}. */
@Command(
        name = "rollout",
        mixinStandardHelpOptions = true,
        description =
                "Brings a build to the fleet in waves, and looks at, holds, approves, ends or explains such a rollout.",
        subcommands = {
            StartCommand.class,
            ListCommand.class,
            ShowCommand.class,
            WatchCommand.class,
            AskCommands.Pause.class,
            AskCommands.Resume.class,
            AskCommands.Approve.class,
            AskCommands.Abort.class,
            ExplainRolloutCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class RolloutCommand {}
