package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.Prediction;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.stats.ShadowSample;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Answer;
import java.util.Optional;
import java.util.function.LongSupplier;

/** From a reading to its result: window, INT8, and FP32 beside it on the sampled share. Not thread-safe. */
public final class Inference {

    private final Self self;
    private final GatewayMetrics metrics;
    private final LongSupplier ticker;

    /** @param ticker nanoseconds */
    public Inference(Self self, GatewayMetrics metrics, LongSupplier ticker) {
        this.self = self;
        this.metrics = metrics;
        this.ticker = ticker;
    }

    /**
     * @param result goes to Kafka
     * @param trace stays here
     */
    record Outcome(InferenceResult result, ResultTrace trace) {}

    private record Run(Optional<Prediction> prediction, Optional<Fidelity> fidelity, long latencyNanos) {
        private static final Run NONE = new Run(Optional.empty(), Optional.empty(), 0);
    }

    /**
     * @param window the input, where there are enough readings for one
     * @param packet MQTT packet identifier
     */
    Outcome run(ActiveStream stream, Reading reading, Optional<Tensor> window, int packet) {
        var run = window.map(input -> run(stream, reading, input)).orElse(Run.NONE);
        var build = stream.build();
        var result = new InferenceResult(
                reading.event(),
                reading.device(),
                self.site(),
                self.gateway(),
                stream.assignment().stream(),
                stream.assignment().model(),
                build.card().version(),
                build.manifest(),
                reading.time(),
                run.prediction,
                run.latencyNanos);
        var trace = new ResultTrace(packet, stream.assignment().statsWindow(), reading.values(), run.fidelity);
        return new Outcome(result, trace);
    }

    private Run run(ActiveStream stream, Reading reading, Tensor window) {
        try {
            var started = ticker.getAsLong();
            var answer = stream.build().model().predict(window);
            var nanos = Math.max(0, ticker.getAsLong() - started);
            metrics.answered(nanos);
            return new Run(Optional.of(answer.prediction()), compare(stream, reading, window, answer), nanos);
        } catch (RuntimeException e) {
            metrics.inferenceFailed(stream.assignment().stream(), e);
            return Run.NONE;
        }
    }

    private Optional<Fidelity> compare(ActiveStream stream, Reading reading, Tensor window, Answer answer) {
        if (!ShadowSample.contains(reading.event(), stream.assignment().shadowShare())) {
            return Optional.empty();
        }
        try {
            return Optional.of(stream.build().model().compare(window, answer));
        } catch (RuntimeException e) {
            metrics.inferenceFailed(stream.assignment().stream(), e);
            return Optional.empty();
        }
    }
}
