package io.plumbline.cli.rollout;

import io.plumbline.cli.client.RolloutClient;
import io.plumbline.cli.option.FleetAddress;
import io.plumbline.client.ClientException;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.rollout.log.Reexamination;
import io.plumbline.rollout.log.Reexamination.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline rollout explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description =
                "Makes the decisions of a rollout again, in this process, from everything that they were made from.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:MATCH, every one came out the same to the last bit",
            " 1:the control plane cannot be asked",
            " 2:the command line is wrong",
            " 3:MISMATCH, one came out otherwise, perhaps since older rules decided it, or its log has not the digest that the event names",
            " 4:INCOMPLETE, one was made by a version that kept no log"
        })
final class ExplainRolloutCommand implements Callable<Integer> {

    private static final int MISMATCH = 3;
    private static final int INCOMPLETE = 4;
    private static final Pattern NAME = Pattern.compile("(.+?)(?::([0-9]{1,9}))?");

    @Parameters(paramLabel = "ID[:REVISION]", description = "Of the rollout; all of its decisions without a revision.")
    private String name = "";

    @Mixin
    private FleetAddress fleet = new FleetAddress();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A decision made again; without a finding where there is no log of it. */
    record Explained(RolloutEvent event, Optional<Reexamination> finding, boolean announced) {

        String outcome() {
            return finding.map(one -> announced ? one.outcome().name() : Outcome.MISMATCH.name())
                    .orElse("INCOMPLETE");
        }
    }

    @Override
    public Integer call() throws ClientException {
        var match = NAME.matcher(name);
        if (!match.matches()) {
            throw new ParameterException(spec.commandLine(), "'" + name + "' must be ID or ID:REVISION");
        }
        var client = fleet.rollouts();
        var id = match.group(1);
        var wanted = Optional.ofNullable(match.group(2)).map(Long::valueOf);
        var all = new ArrayList<Explained>();
        for (var event : client.events(id)) {
            if (wanted.isEmpty() || wanted.get() == event.revision()) {
                all.add(explain(client, event));
            }
        }
        if (all.isEmpty()) {
            throw new ClientException("rollout '" + id + "' has no revision " + wanted.orElse(0L));
        }
        print(all);
        return exit(all);
    }

    private static Explained explain(RolloutClient client, RolloutEvent event) throws ClientException {
        if (event.progress().isEmpty()) {
            return new Explained(event, Optional.empty(), true);
        }
        var log = client.decision(event.rollout(), event.revision());
        var announced = event.progress().get().inputs().equals(Digest.of(log));
        var finding = Reexamination.of(RolloutClient.decided(log));
        return new Explained(event, Optional.of(finding), announced);
    }

    private void print(List<Explained> all) {
        var out = spec.commandLine().getOut();
        if (fleet.json()) {
            out.println(Json.pretty(all));
        } else {
            all.forEach(one -> RolloutPage.explained(one, all.size() == 1).forEach(out::println));
        }
        out.flush();
    }

    private static int exit(List<Explained> all) {
        if (all.stream().anyMatch(one -> one.outcome().equals(Outcome.MISMATCH.name()))) {
            return MISMATCH;
        }
        return all.stream().anyMatch(one -> one.finding().isEmpty()) ? INCOMPLETE : 0;
    }
}
