package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.glimpse.GlimpseDesk;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.outbox.ResultTrace;
import io.plumbline.gateway.core.reading.Picture;
import io.plumbline.gateway.core.reading.Reading;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.stats.ShadowBudget;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.detection.Box;
import io.plumbline.inference.detection.Detection;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.model.Compared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** From a reading or frame to its result: input, INT8, and FP32 beside it on the sampled share. Not thread-safe. */
public final class Inference {

    private final Self self;
    private final GatewayMetrics metrics;
    private final ShadowBudget shadows;
    private final GlimpseDesk glimpses;
    private final LongSupplier ticker;

    /**
     * @param glimpses takes frames that operators may see
     * @param ticker nanoseconds
     */
    public Inference(
            Self self, GatewayMetrics metrics, ShadowBudget shadows, GlimpseDesk glimpses, LongSupplier ticker) {
        this.self = self;
        this.metrics = metrics;
        this.shadows = shadows;
        this.glimpses = glimpses;
        this.ticker = ticker;
    }

    /**
     * @param result goes to Kafka
     * @param trace stays here
     */
    record Outcome(InferenceResult result, ResultTrace trace) {}

    private record Run(
            Optional<Answer> answer, Optional<Compared> compared, Optional<GlimpseGrant> shown, long latencyNanos) {
        private static final Run NONE = new Run(Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /**
     * @param input where there are enough readings for one
     * @param message that the reading came in
     * @param dropped frames that are passed over for this one
     */
    record Asked(
            ActiveStream stream, Reading reading, Optional<Tensor> input, Incoming message, List<EventId> dropped) {}

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
                asked.message.delivery().packet(),
                stream.assignment().statsWindow(),
                reading.values(),
                run.compared.map(Compared::fidelity),
                asked.dropped);
        reading.picture().ifPresent(picture -> run.shown.ifPresent(grant -> show(asked, picture, run, grant, result)));
        return new Outcome(result, trace);
    }

    private void show(Asked asked, Picture picture, Run run, GlimpseGrant grant, InferenceResult result) {
        var reference = run.compared.map(both -> found(asked.stream, picture, both.found()));
        glimpses.give(new GlimpseDesk.Draft(grant, result, reference, asked.message));
    }

    private static Frame frame(ActiveStream stream, Picture picture, Run run, int dropped) {
        var found = run.answer.map(Answer::detections).orElse(List.of());
        return new Frame(
                picture.width(),
                picture.height(),
                picture.bytes(),
                dropped,
                run.answer.isEmpty(),
                found(stream, picture, found));
    }

    private static List<Frame.Found> found(ActiveStream stream, Picture picture, List<Detection> detections) {
        var labels = stream.build().known().card().output().labels();
        return detections.stream()
                .map(one -> found(
                        labels.get(one.label()),
                        one.score(),
                        picture.placement().undo(one.box())))
                .toList();
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
        var shown = glimpsed(asked);
        return new Run(Optional.of(answer), shadow(asked, window, answer, shown.isPresent()), shown, nanos);
    }

    /** Whether operators may see this frame, and it is time for one of its camera. */
    private Optional<GlimpseGrant> glimpsed(Asked asked) {
        var reading = asked.reading;
        return reading.picture().isEmpty()
                ? Optional.empty()
                : asked.stream
                        .assignment()
                        .glimpses()
                        .filter(grant -> glimpses.isDue(
                                new Source(reading.device(), asked.stream.name()), grant, ticker.getAsLong()));
    }

    private Optional<Compared> shadow(Asked asked, Tensor window, Answer answer, boolean shown) {
        var started = ticker.getAsLong();
        var share = shown || asked.stream.listener().isPresent()
                ? 1
                : asked.stream.assignment().shadowShare();
        if (!shadows.takes(asked.reading.event(), share)) {
            shadows.spent(0, started);
            return Optional.empty();
        }
        var compared = compare(asked.stream, window, answer);
        var ended = ticker.getAsLong();
        shadows.spent(Math.max(0, ended - started), ended);
        return compared;
    }

    private Optional<Compared> compare(ActiveStream stream, Tensor window, Answer answer) {
        try {
            var compared = stream.build().model().compare(window, answer);
            stream.listener().ifPresent(candidate -> candidate.show(window, compared.fidelity()));
            return Optional.of(compared);
        } catch (RuntimeException e) {
            metrics.inferenceFailed(stream.assignment().stream(), e);
            return Optional.empty();
        }
    }
}
