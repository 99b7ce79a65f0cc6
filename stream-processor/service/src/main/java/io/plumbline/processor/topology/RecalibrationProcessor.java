package io.plumbline.processor.topology;

import io.plumbline.contract.Topics;
import io.plumbline.contract.wire.Json;
import io.plumbline.judging.OrderedState;
import io.plumbline.judging.policy.Policies;
import io.plumbline.judging.recalibration.RecalibrationLedger;
import io.plumbline.judging.recalibration.StaleSignal;
import io.plumbline.signals.trace.Cause;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stale signals of all sites, keyed by model, to requests for recalibration. */
final class RecalibrationProcessor implements Processor<String, byte[], String, Emission> {

    private static final Logger LOG = Logger.getLogger(RecalibrationProcessor.class);

    private final Parts parts;
    private @Nullable Running running;

    RecalibrationProcessor(Parts parts) {
        this.parts = parts;
    }

    private record Running(
            ProcessorContext<String, Emission> context, OrderedState<RecalibrationLedger> ledgers, Policies policies) {}

    @Override
    public void init(ProcessorContext<String, Emission> context) {
        running = new Running(context, Stores.LEDGERS.in(context), StoredPolicies.of(parts.policy(), context));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var now = running;
        if (now == null) {
            throw new IllegalStateException("a record before init is a bug");
        }
        var signal = Json.decode(record.value(), StaleSignal.class);
        var model = signal.cohort().model().value();
        var decision = now.ledgers()
                .get(model)
                .orElse(RecalibrationLedger.EMPTY)
                .decide(signal, now.policies().of(signal.cohort().model()).recalibration());
        now.ledgers().put(model, decision.ledger());
        decision.request().ifPresent(request -> {
            parts.metrics().recalibrationRequested();
            LOG.infof(
                    "recalibration-requested recalibration=%s model=%s build=%s", request.id(), model, request.build());
            var facts = Map.of(
                    "plumbline.model", model,
                    "plumbline.build", request.build().toString(),
                    "plumbline.recalibration", request.id());
            try (var step = parts.trail().begin("recalibration request", Cause.of(Traced.traceparent(record)), facts)) {
                now.context()
                        .forward(Emission.json(
                                        Topics.RECALIBRATIONS,
                                        model,
                                        request,
                                        now.context().currentSystemTimeMs())
                                .withHeaders(Traced.headers(step.traceparent())));
            }
        });
    }
}
