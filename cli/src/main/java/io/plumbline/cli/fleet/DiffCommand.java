package io.plumbline.cli.fleet;

import io.plumbline.cli.client.BrokenFileException;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumbline diff}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = DiffCommand.FAILED,
        description = "Says what a fleet file would change, and on which gateways; changes nothing."
                + " Exit codes: 0 nothing, 1 something, 2 the file is wrong, or something failed.")
public final class DiffCommand implements Callable<Integer> {

    static final int FAILED = 2;

    @Mixin
    private FileOption file = new FileOption();

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        try {
            var difference = fleet.files().difference(file.text());
            var out = spec.commandLine().getOut();
            if (fleet.json()) {
                out.println(Json.pretty(difference));
            } else {
                DiffPage.lines(difference).forEach(out::println);
                if (difference.differs()) {
                    out.println(
                            "plumbline apply " + file.words() + " --onto " + difference.version() + " --reason TEXT");
                }
            }
            out.flush();
            return difference.differs() ? 1 : 0;
        } catch (BrokenFileException e) {
            file.tell(e, spec.commandLine().getErr());
            return FAILED;
        }
    }
}
