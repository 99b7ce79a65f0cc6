package io.plumbline.cli.rollout;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
        })
public final class RolloutCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "say what: " + String.join(", ", spec.subcommands().keySet()));
    }
}
