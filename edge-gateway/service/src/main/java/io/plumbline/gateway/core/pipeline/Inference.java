package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.core.reading.Picture;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.stats.ShadowBudget;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.model.Answer;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** From a reading or frame to its result: input, INT8, and FP32 beside it on the sampled share. Not thread-safe. */
public final class Inference {

    private final Self self;
    private final GatewayMetrics metrics;
    private final ShadowBudget shadows;
    private final LongSupplier ticker;

    /** @param ticker nanoseconds */
    public Inference(Self self, GatewayMetrics metrics, ShadowBudget shadows, LongSupplier ticker) {
        this.self = self;
        this.metrics = metrics;
        this.shadows = shadows;
        this.ticker = ticker;
    }

    /**
     * @param result goes to Kafka
     * @param trace stays here
     */
    record Outcome(InferenceResult result, ResultTrace trace) {}

    private record Run(Optional<Answer> answer, Optional<Fidelity> fidelity, long latencyNanos) {
        private static final Run NONE = new Run(Optional.empty(), Optional.empty(), 0);
    }

    /**
     * @param input where there are enough readings for one
     * @param packet MQTT packet identifier
     * @param dropped frames that are passed over for this one
     */
    Outcome run(ActiveStream stream, Reading reading, Optional<Tensor> input, int packet, List<EventId> dropped) {
        var run = input.map(tensor -> run(stream, reading, tensor)).orElse(Run.NONE);
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
                run.answer.flatMap(Answer::prediction),
                run.latencyNanos,
                reading.picture().map(picture -> frame(stream, picture, run, dropped.size())));
        var trace = new ResultTrace(packet, stream.assignment().statsWindow(), reading.values(), run.fidelity, dropped);
        return new Outcome(result, trace);
    }

    private static Frame frame(ActiveStream stream, Picture picture, Run run, int dropped) {
        var labels = stream.build().known().card().output().labels();
        var found = run.answer.map(Answer::detections).orElse(List.of()).stream()
                .map(one -> found(
                        labels.get(one.label()),
                        one.score(),
                        picture.placement().undo(one.box())))
                .toList();
        return new Frame(picture.width(), picture.height(), picture.bytes(), dropped, run.answer.isEmpty(), found);
    }

    private static Frame.Found found(String label, double score, Box box) {
        return new Frame.Found(
                label,
                share(score),
                new Frame.Box(share(box.left()), share(box.top()), share(box.right()), share(box.bottom())));
    }

    /** A box may reach over the edge. */
    private static double share(double value) {
        return Math.min(1, Math.max(0, value));
    }

    private Run run(ActiveStream stream, Reading reading, Tensor window) {
        try {
            var started = ticker.getAsLong();
            var answer = stream.build().model().predict(window);
            var ended = ticker.getAsLong();
            var nanos = Math.max(0, ended - started);
            metrics.answered(nanos);
            return new Run(Optional.of(answer), shadow(stream, reading, window, answer, ended), nanos);
        } catch (RuntimeException e) {
            metrics.inferenceFailed(stream.assignment().stream(), e);
            return Run.NONE;
        }
    }

    private Optional<Fidelity> shadow(
            ActiveStream stream, Reading reading, Tensor window, Answer answer, long started) {
        if (!shadows.takes(reading.event(), stream.assignment().shadowShare())) {
            shadows.spent(0, started);
            return Optional.empty();
        }
        var fidelity = compare(stream, window, answer);
        var ended = ticker.getAsLong();
        shadows.spent(Math.max(0, ended - started), ended);
        return fidelity;
    }

    private Optional<Fidelity> compare(ActiveStream stream, Tensor window, Answer answer) {
        try {
            return Optional.of(stream.build().model().compare(window, answer));
        } catch (RuntimeException e) {
            metrics.inferenceFailed(stream.assignment().stream(), e);
            return Optional.empty();
        }
    }
}
