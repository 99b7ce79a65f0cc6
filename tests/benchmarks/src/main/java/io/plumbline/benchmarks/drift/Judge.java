package io.plumbline.benchmarks.drift;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.cohort.CohortDesk;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.policy.JudgingPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The processor's desk over memory, fed with the windows of one site. Not thread-safe. */
final class Judge {

    static final Duration LENGTH = Duration.ofMinutes(5);

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Digest BUILD = Digest.of("build".getBytes(StandardCharsets.UTF_8));
    private static final ModelName MODEL = new ModelName("climate-event");
    private static final SiteId SITE = new SiteId("site");
    private static final Cohort COHORT = new Cohort(MODEL, BUILD, BUILD, SITE);

    private final CohortDesk desk;
    private final Profiled reference;
    private Verdict verdict = Verdict.INSUFFICIENT;

    Judge(Profiled reference, Duration horizon) {
        this.reference = reference;
        var policy = JudgingPolicy.DEFAULT.with(Map.of(
                "horizon",
                horizon.toString(),
                "retention",
                horizon.plus(JudgingPolicy.DEFAULT.evaluation().confidenceHorizon())
                        .toString()));
        this.desk = new CohortDesk(
                new CohortShelf(
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>()),
                policy,
                (model, build) -> Optional.of(reference.reference()),
                new Uncounted());
    }

    /** What changes with this window; it is judged when the next one comes. */
    Optional<VerdictEvent> on(Window window) {
        var start = START.plus(LENGTH.multipliedBy(window.index()));
        for (var answer : window.labelled()) {
            var labelled =
                    new LabelledAnswer(COHORT, start, answer.truth(), answer.int8(), Optional.of(answer.score()));
            requireTaken(desk.on(labelled, start));
        }
        var key =
                new StatsKey(new GatewayId("gw"), SITE, new StreamId("climate"), MODEL, BUILD, BUILD, start, LENGTH, 0);
        var outcome = desk.on(window.delta(key, reference), start);
        requireTaken(outcome.refused());
        outcome.verdict().ifPresent(event -> verdict = event.verdict());
        return outcome.verdict();
    }

    private static void requireTaken(Optional<String> refused) {
        refused.ifPresent(why -> {
            throw new IllegalStateException("a simulated record is refused, which is a bug: " + why);
        });
    }

    /** The one that holds. */
    Verdict verdict() {
        return verdict;
    }
}
