package io.plumbline.cli.verdict;

import io.plumbline.cli.option.TimeSpan;
import io.plumbline.client.ClientException;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.judging.replay.WhatIf;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline drift}. */
@Command(
        name = "drift",
        mixinStandardHelpOptions = true,
        description =
                "Lists the verdicts that the log has, or what a proposed policy would have said of the same past.")
public final class DriftCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "Of this model only.")
    private Optional<String> model = Optional.empty();

    @Option(
            names = "--what-if",
            paramLabel = "policy.yaml",
            description =
                    "Replays the stored statistics under this policy: settings of the processor by their names; what "
                            + "the file leaves out stays as it is in force.")
    private Optional<Path> proposal = Optional.empty();

    @Option(
            names = "--last",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "Event time, back from the newest there is (default: 14d).")
    private Duration last = Duration.ofDays(14);

    @Mixin
    private Sources sources = new Sources();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        if (proposal.isPresent()) {
            whatIf(PolicyFile.read(proposal.get()));
        } else {
            list();
        }
        return 0;
    }

    private void list() throws ClientException {
        var all = said();
        var newest = all.verdicts().stream().map(VerdictEvent::at).max(Comparator.naturalOrder());
        var verdicts = all.verdicts().stream()
                .filter(event -> isMeant(event.cohort()))
                .filter(event ->
                        newest.filter(at -> event.at().isBefore(at.minus(last))).isEmpty())
                .toList();
        print(json ? List.of(Json.pretty(verdicts)) : VerdictList.lines(verdicts));
    }

    private void whatIf(PolicyFile file) throws ClientException {
        var said = said();
        var policies = Policies.of(said, this::isMeant, file);
        var past = Past.withLabels(sources.kafka());
        var profiles = new Profiles(sources.registry());
        var replay = new WhatIf(
                policies.proposed(), profiles, past.labelled(), key -> isMeant(key.substring(0, key.indexOf('|'))));
        tell(past, replay);
        var compared = replay.beside(recorded(said), last)
                .orElseThrow(() -> new ClientException("the log has no statistics to judge"
                        + model.map(name -> " of model '" + name + "'").orElse("")));
        var page = new WhatIfPage(policies, compared, profiles.unknown());
        print(json ? List.of(Json.pretty(page.json())) : page.lines());
    }

    private WhatIf.Recorded recorded(Said said) {
        return new WhatIf.Recorded(
                said.verdicts().stream()
                        .filter(event -> isMeant(event.cohort()))
                        .toList(),
                said.requests().stream()
                        .filter(request -> isMeant(request.model().value()))
                        .toList());
    }

    private static void tell(Past past, WhatIf replay) throws ClientException {
        try {
            var unused = past.tell(replay);
        } catch (Profiles.UnreachableException e) {
            throw e.reason();
        }
    }

    private boolean isMeant(Cohort cohort) {
        return isMeant(cohort.model().value());
    }

    private boolean isMeant(String name) {
        return model.filter(wanted -> !wanted.equals(name)).isEmpty();
    }

    private Said said() throws ClientException {
        return Said.read(sources.kafka(), spec.commandLine().getErr());
    }

    private void print(List<String> lines) {
        var out = spec.commandLine().getOut();
        lines.forEach(out::println);
        out.flush();
    }
}
