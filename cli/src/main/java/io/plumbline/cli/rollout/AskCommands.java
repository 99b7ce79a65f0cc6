package io.plumbline.cli.rollout;

import io.plumbline.client.ClientException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What can be asked of a rollout that is under way. */
final class AskCommands {

    private AskCommands() {}

    @Command(
            name = "pause",
            mixinStandardHelpOptions = true,
            description = "Holds a rollout where it is. A proven loss still takes everybody back.")
    static final class Pause extends Asking implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Of the rollout.")
        private String id = "";

        @Override
        public Integer call() throws ClientException {
            return print(client().ask(id, "pause", by(), reason(), false));
        }
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = "Goes on with a rollout that is paused, with fresh time to prove the build.")
    static final class Resume extends Asking implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Of the rollout.")
        private String id = "";

        @Override
        public Integer call() throws ClientException {
            return print(client().ask(id, "resume", by(), reason(), false));
        }
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approves the next wave of a rollout that waits for it.")
    static final class Approve extends Asking implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Of the rollout.")
        private String id = "";

        @Override
        public Integer call() throws ClientException {
            return print(client().ask(id, "approve", by(), reason(), false));
        }
    }

    @Command(
            name = "abort",
            mixinStandardHelpOptions = true,
            description =
                    "Ends a rollout: everybody goes back to the build before, also who is silent now, when he is back.")
    static final class Abort extends Asking implements Callable<Integer> {

        @Parameters(paramLabel = "ID", description = "Of the rollout.")
        private String id = "";

        @Option(
                names = "--keep",
                description =
                        "The gateways that were told stay with the new build until the model's next rollout begins.")
        private boolean keep;

        @Override
        public Integer call() throws ClientException {
            return print(client().ask(id, "abort", by(), reason(), keep));
        }
    }
}
