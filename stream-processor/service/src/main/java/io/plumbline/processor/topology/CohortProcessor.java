package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.DeadLetterReason;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Json;
import io.plumbline.contract.wire.MalformedMessageException;
import io.plumbline.judging.Incoming;
import io.plumbline.judging.cohort.CohortDesk;
import io.plumbline.judging.cohort.Outcome;
import io.plumbline.processor.state.Layouts;
import io.plumbline.signals.trace.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Deltas and labelled answers, keyed by model and site, to health, verdicts and stale signals. */
final class CohortProcessor implements Processor<String, byte[], String, Emission> {

    private static final Logger LOG = Logger.getLogger(CohortProcessor.class);

    /* Deltas and labels come one by one; the health they change is told this often, in wall-clock time. */
    private static final Duration REFRESH = Duration.ofSeconds(1);
    /* Of more cohorts the health comes later, in turn: a third of a millisecond each must not keep deltas waiting. */
    private static final int MOST_AT_ONCE = 250;

    private final Parts parts;
    private final Traced traced = new Traced();
    private final Set<Cohort> untold = new LinkedHashSet<>();
    private boolean toldAny;
    private @Nullable Running running;

    CohortProcessor(Parts parts) {
        this.parts = parts;
    }

    private record Running(
            ProcessorContext<String, Emission> context, CohortDesk desk, Refusal refusal, Cancellable clock) {}

    /* Called again when a task begins again: what was told in a transaction that was given up, nobody heard. */
    @Override
    public void init(ProcessorContext<String, Emission> context) {
        untold.clear();
        traced.clear();
        toldAny = false;
        running = new Running(
                context,
                new CohortDesk(
                        Stores.shelf(context),
                        StoredPolicies.of(parts.policy(), context),
                        parts.references(),
                        parts.metrics()),
                new Refusal(context, parts.metrics()),
                context.schedule(REFRESH, PunctuationType.WALL_CLOCK_TIME, time -> refresh(running())));
    }

    /* The clock of a task that ended would go on, and tell what it remembers. */
    @Override
    public void close() {
        if (running != null) {
            running.clock().cancel();
        }
    }

    private Running running() {
        if (running == null) {
            throw new IllegalStateException("a record before init is a bug");
        }
        return running;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var now = running();
        if (now.context().recordMetadata().orElseThrow().topic().equals(Topics.MODEL_STATS)) {
            delta(now, record);
        } else {
            label(now, record);
        }
    }

    private void label(Running now, Record<String, byte[]> record) {
        var answer = Layouts.ANSWER.decode(record.value());
        now.desk()
                .on(answer, Instant.ofEpochMilli(record.timestamp()))
                .ifPresentOrElse(
                        why -> now.refusal().unreadable(record.value(), DeadLetterReason.OUT_OF_RANGE, why),
                        () -> untold.add(answer.cohort()));
    }

    private void delta(Running now, Record<String, byte[]> record) {
        try {
            var delta = Incoming.delta(record.key(), record.value());
            var outcome = now.desk().on(delta, Instant.ofEpochMilli(record.timestamp()));
            outcome.refused()
                    .ifPresent(why ->
                            now.refusal().delta(record.value(), DeadLetterReason.OUT_OF_RANGE, why, delta.key()));
            if (outcome.counted()) {
                untold.add(delta.key().cohort());
            }
            tell(now.context(), record, outcome, traced.cause(delta.key().cohort(), Traced.traceparent(record)));
        } catch (MalformedMessageException e) {
            now.refusal().unreadable(record.value(), DeadLetterReason.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private void tell(
            ProcessorContext<String, Emission> context, Record<String, byte[]> record, Outcome outcome, Cause cause) {
        var wall = context.currentSystemTimeMs();
        var follows =
                outcome.verdict().map(event -> verdict(context, event, cause)).orElse(cause.parent());
        outcome.stale()
                .ifPresent(signal -> context.forward(Emission.step(
                                Emission.STALE,
                                signal.cohort().model().value(),
                                Json.encode(signal),
                                record.timestamp())
                        .withHeaders(Traced.headers(follows))));
        outcome.gone().forEach(cohort -> {
            untold.remove(cohort);
            context.forward(Emission.tombstone(Topics.MODEL_HEALTH, cohort.key(), wall));
        });
    }

    /** @return what follows from it says so */
    private Optional<String> verdict(ProcessorContext<String, Emission> context, VerdictEvent event, Cause cause) {
        var cohort = event.cohort();
        LOG.infof(
                "verdict-changed model=%s build=%s site=%s verdict=%s reason=%s",
                cohort.model(), cohort.build(), cohort.site(), event.verdict(), event.because());
        var facts = Map.of(
                "plumbline.model", cohort.model().value(),
                "plumbline.build", cohort.build().toString(),
                "plumbline.site", cohort.site().value(),
                "plumbline.verdict", event.verdict().name());
        try (var step = parts.trail().begin("verdict", cause, facts)) {
            context.forward(Emission.json(Topics.VERDICTS, cohort.key(), event, context.currentSystemTimeMs())
                    .withHeaders(Traced.headers(step.traceparent())));
            return step.traceparent();
        }
    }

    private void tell(ProcessorContext<String, Emission> context, ModelHealth health) {
        context.forward(
                Emission.json(Topics.MODEL_HEALTH, health.cohort().key(), health, context.currentSystemTimeMs()));
    }

    private void refresh(Running now) {
        if (!toldAny) {
            // What was counted just before a crash has not been told.
            untold.addAll(now.desk().cohorts());
            toldAny = true;
        }
        var due = untold.stream().limit(MOST_AT_ONCE).toList();
        due.forEach(untold::remove);
        due.forEach(cohort -> now.desk().health(cohort).ifPresent(health -> tell(now.context(), health)));
    }
}
