package io.plumbline.gateway.testing;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.contract.wire.Counts;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Model;
import io.plumbline.gateway.core.stream.KnownBuild;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.model.Compared;
import io.plumbline.inference.model.Observations;
import io.plumbline.inference.model.Trial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers "event" when the newest humidity is above 50; fails on a newest temperature of 99. */
public final class FakeModel implements Model {

    private final Digest manifest;
    private final List<Integer> calls = new CopyOnWriteArrayList<>();
    private volatile int mostAtOnce = 1;
    private volatile boolean closed;
    private volatile boolean disagreeing;
    private Hindrance hindrance = () -> {};

    /** Something that a prediction waits for. */
    public interface Hindrance {
        void pass() throws InterruptedException;
    }

    public FakeModel(Digest manifest) {
        this.manifest = manifest;
    }

    public FakeModel before(Hindrance first) {
        hindrance = first;
        return this;
    }

    public static Digest digest(String name) {
        return Digest.of(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** A build of the climate model's card with a fake model in it. */
    public static Build build(String name) {
        return build(digest(name));
    }

    public static Build build(Digest manifest) {
        return new Build(manifest, ClimateBuild.buildCard("fake"), known(), new FakeModel(manifest));
    }

    public static KnownBuild known() {
        return new KnownBuild(ClimateBuild.parsedCard(), ClimateBuild.profile());
    }

    @Override
    public Answer predict(Tensor window) {
        try {
            hindrance.pass();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (closed) {
            throw new IllegalStateException("closed");
        }
        if (window.get(window.size() - 1) == 99) {
            throw new IllegalStateException("cannot");
        }
        var label = window.get(window.size() - 2) > 50 ? "event" : "normal";
        return new Answer(Optional.of(new Prediction(label, 0.75)), List.of(0.25, 0.75), List.of());
    }

    /** FP32 says something else from now on. */
    public FakeModel disagreeing() {
        disagreeing = true;
        return this;
    }

    /** Answers so many at once. */
    public FakeModel together(int most) {
        mostAtOnce = most;
        return this;
    }

    @Override
    public int mostAtOnce() {
        return mostAtOnce;
    }

    @Override
    public List<Answer> predictAll(List<Tensor> windows) {
        calls.add(windows.size());
        return windows.stream().map(this::predict).toList();
    }

    /** Windows of each call for several. */
    public List<Integer> calls() {
        return calls;
    }

    @Override
    public Compared compare(Tensor window, Answer int8) {
        var fidelity = new Fidelity(
                List.of(new ClassAgreement(int8.prediction().orElseThrow().label(), 1, disagreeing ? 0 : 1)),
                0.25,
                List.of());
        return new Compared(fidelity, Optional.empty());
    }

    @Override
    public Observations observe(List<Tensor> windows, int bins) {
        return new Observations(
                List.of(new TensorHistogram("x", 0, windows.size(), 1024, Counts.zeros(bins))),
                new CalibrationInputs(List.of(), List.of(new LabelCount("normal", windows.size()))));
    }

    @Override
    public Trial score(List<Tensor> windows) {
        var score = new CandidateScore(
                manifest,
                "fake",
                windows.size(),
                Fidelity.NONE,
                LatencyHistogram.EMPTY,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new Trial(
                score, windows.stream().map(window -> beside(predict(window))).toList());
    }

    private static Compared beside(Answer answer) {
        var label = answer.prediction().orElseThrow().label();
        return new Compared(Fidelity.NONE, Optional.of(new Compared.Promise(label, 0.75, "event", 0.75)));
    }

    public boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
