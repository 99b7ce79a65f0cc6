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
import java.util.ArrayList;
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
    record Asked(ActiveStream stream, Reading reading, Optional<Tensor> input, int packet, List<EventId> dropped) {}

    Outcome run(Asked asked) {
        return outcome(asked, asked.input.map(tensor -> answer(asked, tensor)).orElse(Run.NONE));
    }

    /**
     * The same for each, in order, with as few calls of the model as it allows.
     *
     * @param together readings of one stream, each with an input
     */
    List<Outcome> runAll(List<Asked> together) {
        if (together.size() < 2) {
            return together.stream().map(this::run).toList();
        }
        var windows = together.stream().map(one -> one.input.orElseThrow()).toList();
        var started = ticker.getAsLong();
        List<Answer> answers;
        try {
            answers = together.get(0).stream.build().model().predictAll(windows);
        } catch (RuntimeException e) {
            // It fails for one of them, which shows which when each is alone.
            return together.stream().map(this::run).toList();
        }
        var share = Math.max(0, ticker.getAsLong() - started) / together.size();
        var outcomes = new ArrayList<Outcome>(together.size());
        for (int i = 0; i < answers.size(); i++) {
            outcomes.add(outcome(together.get(i), answered(together.get(i), windows.get(i), answers.get(i), share)));
        }
        return outcomes;
    }

    private Outcome outcome(Asked asked, Run run) {
        var stream = asked.stream;
        var reading = asked.reading;
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
                reading.picture().map(picture -> frame(stream, picture, run, asked.dropped.size())));
        var trace = new ResultTrace(
                asked.packet, stream.assignment().statsWindow(), reading.values(), run.fidelity, asked.dropped);
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

    private Run answer(Asked asked, Tensor window) {
        try {
            var started = ticker.getAsLong();
            var answer = asked.stream.build().model().predict(window);
            return answered(asked, window, answer, Math.max(0, ticker.getAsLong() - started));
        } catch (RuntimeException e) {
            metrics.inferenceFailed(asked.stream.assignment().stream(), e);
            return Run.NONE;
        }
    }

    private Run answered(Asked asked, Tensor window, Answer answer, long nanos) {
        metrics.answered(nanos);
        return new Run(Optional.of(answer), shadow(asked, window, answer), nanos);
    }

    private Optional<Fidelity> shadow(Asked asked, Tensor window, Answer answer) {
        var started = ticker.getAsLong();
        var share = asked.stream.listener().isPresent()
                ? 1
                : asked.stream.assignment().shadowShare();
        if (!shadows.takes(asked.reading.event(), share)) {
            shadows.spent(0, started);
            return Optional.empty();
        }
        var fidelity = compare(asked.stream, window, answer);
        var ended = ticker.getAsLong();
        shadows.spent(Math.max(0, ended - started), ended);
        return fidelity;
    }

    private Optional<Fidelity> compare(ActiveStream stream, Tensor window, Answer answer) {
        try {
            var fidelity = stream.build().model().compare(window, answer);
            stream.listener().ifPresent(candidate -> candidate.show(window, fidelity));
            return Optional.of(fidelity);
        } catch (RuntimeException e) {
            metrics.inferenceFailed(stream.assignment().stream(), e);
            return Optional.empty();
        }
    }
}
