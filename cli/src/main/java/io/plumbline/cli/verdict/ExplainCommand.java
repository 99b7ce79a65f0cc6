package io.plumbline.cli.verdict;

import io.plumbline.client.ClientException;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.drift.Reference;
import io.plumbline.judging.policy.BrokenSettingException;
import io.plumbline.judging.replay.Finding;
import io.plumbline.judging.replay.Reexamination;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline explain}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Judges a verdict again from the log, and shows the chain from its windows to what followed.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            " 0:MATCH, every number is the one that was recorded",
            " 1:Something failed; one line says what",
            " 2:The command line was wrong",
            " 3:MISMATCH, the first number that differs is named",
            " 4:INCOMPLETE, the log no longer has what the verdict was judged from"
        })
public final class ExplainCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "VERDICT",
            description = "Its id, or the beginning of it, as in alerts and in plumbline drift.")
    private String verdict = "";

    @Mixin
    private Sources sources = new Sources();

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws ClientException {
        var said = Said.read(sources.kafka(), spec.commandLine().getErr());
        var recorded = said.verdict(verdict);
        var basis = recorded.basis();
        var result = basis.isPresent()
                ? examine(recorded, basis.get())
                : Finding.without(
                        recorded,
                        "the policy in force and the labels that were counted: the processor that gave the verdict was too"
                                + " old to write them down");
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(ExplainJson.of(result, said)));
        } else {
            new ExplainPage(result, said).lines().forEach(out::println);
        }
        out.flush();
        return exitCode(result);
    }

    private Finding examine(VerdictEvent recorded, VerdictEvent.Basis basis) throws ClientException {
        var labels = !basis.labels().isEmpty();
        var past = labels ? Past.withLabels(sources.kafka()) : Past.withoutLabels(sources.kafka());
        try {
            var again = new Reexamination(recorded, basis, reference(recorded, basis), past.labelled());
            return again.finding(past.tell(again));
        } catch (BrokenSettingException e) {
            return Finding.without(
                    recorded,
                    "the meaning of a setting of the policy in force, which this version does not know: "
                            + e.getMessage());
        }
    }

    private Optional<Reference> reference(VerdictEvent recorded, VerdictEvent.Basis basis) throws ClientException {
        var cohort = recorded.cohort();
        return basis.reference() ? sources.registry().reference(cohort.model(), cohort.build()) : Optional.empty();
    }

    private static int exitCode(Finding finding) {
        return switch (finding.result().conclusion()) {
            case MATCH -> 0;
            case MISMATCH -> 3;
            case INCOMPLETE -> 4;
        };
    }
}
