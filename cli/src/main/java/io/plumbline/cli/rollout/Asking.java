package io.plumbline.cli.rollout;

import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.option.Asker;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who asks, of which control plane, and why. */
class Asking {

    @Mixin
    private Asker asker = new Asker();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept.")
    private String reason = "";

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    final String by() {
        return asker.name();
    }

    final String reason() {
        return reason;
    }

    final CommandSpec spec() {
        return spec;
    }

    final RolloutClient client() throws ClientException {
        return fleet.rollouts();
    }

    final boolean json() {
        return fleet.json();
    }

    final int print(RolloutEvent event) {
        return print(json() ? List.of(Json.pretty(event)) : RolloutPage.line(event));
    }

    final int print(List<String> lines) {
        var out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
        return 0;
    }
}
