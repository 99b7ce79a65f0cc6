package io.plumbline.cli.fleet;

import io.plumbline.cli.client.BrokenFileException;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.wire.Json;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline apply}. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description =
                "Puts a fleet file in force, all of it or nothing; the same file again changes nothing. Versions before it are kept."
                        + " Exit codes: 0 in force, 1 refused or failed, 2 a wrong command line.")
public final class ApplyCommand implements Callable<Integer> {

    @Mixin
    private FileOption file = new FileOption();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept with the version.")
    private String reason = "";

    @Option(
            names = {"--author", "--by"},
            paramLabel = "WHO",
            description = "Who asks for it; kept with the version (default: the user of this machine).")
    private String author = System.getProperty("user.name", "");

    @Option(
            names = "--onto",
            paramLabel = "VERSION",
            description = "Only if this version is in force, as diff names it; 0 for none.")
    private @Nullable Long onto;

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        try {
            var applied = fleet.files().apply(file.text(), author, reason, Optional.ofNullable(onto));
            var out = spec.commandLine().getOut();
            if (fleet.json()) {
                out.println(Json.pretty(applied));
            } else if (applied.changed()) {
                out.println("version " + applied.version() + " is in force on "
                        + Count.of(applied.generations().size(), "gateway")
                        + (applied.version() == 1 ? "" : ", in place of version " + (applied.version() - 1)));
            } else {
                out.println("version " + applied.version() + " is in force already; nothing changed");
            }
            out.flush();
            return 0;
        } catch (BrokenFileException e) {
            file.tell(e, spec.commandLine().getErr());
            return 1;
        }
    }
}
