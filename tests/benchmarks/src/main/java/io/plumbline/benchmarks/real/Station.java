package io.plumbline.benchmarks.real;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFault.Kind;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.drift.Reference;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Answer;
import io.plumbline.inference.model.ModelPackage;
import io.plumbline.judging.MemoryState;
import io.plumbline.judging.Uncounted;
import io.plumbline.judging.cohort.CohortDesk;
import io.plumbline.judging.cohort.CohortShelf;
import io.plumbline.judging.cohort.Evaluation;
import io.plumbline.judging.label.LabelledAnswer;
import io.plumbline.judging.policy.JudgingPolicy;
import io.plumbline.judging.recalibration.RecalibrationLedger;
import io.plumbline.judging.recalibration.StaleSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One build on one site: readings in, in the order of their time; what the processor says of them out. FP32 runs on each. Not thread-safe. */
final class Station {

    private static final GatewayId GATEWAY = new GatewayId("gw");
    private static final StreamId STREAM = new StreamId("real");

    private final ModelPackage model;
    private final Duration window;
    private final JudgingPolicy policy;
    private final Cohort cohort;
    private final CohortDesk desk;
    private final Map<DeviceId, Repeats> repeats = new HashMap<>();
    private final List<Evaluation> evaluations = new ArrayList<>();
    private final List<StaleSignal> requests = new ArrayList<>();
    private RecalibrationLedger ledger = RecalibrationLedger.EMPTY;
    private Instant start = Instant.MIN;
    private Counted counted;

    /** @param window of statistics */
    Station(ModelPackage model, Duration window, JudgingPolicy policy) {
        this.model = model;
        this.window = window;
        this.policy = policy;
        this.counted = fresh();
        var version = model.build().version();
        this.cohort = new Cohort(model.card().model(), version, version, new SiteId("site"));
        var reference = new Reference(model.card().output().labels(), model.profile());
        this.desk = new CohortDesk(
                new CohortShelf(
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>(),
                        new MemoryState<>()),
                policy,
                (name, build) -> Optional.of(reference),
                new Uncounted());
    }

    /** What both models made of an input. */
    record Said(Answer int8, Fidelity fidelity) {

        /** Of a classifier. */
        String fp32() {
            return fidelity.classes().get(0).label();
        }

        /** Of a classifier. */
        String label() {
            return int8.prediction().orElseThrow().label();
        }
    }

    /**
     * A reading or a frame.
     *
     * @param values features of a reading, or figures of a frame
     * @param input empty while the device's window fills
     * @param truth told at once, where somebody labels
     */
    Optional<Said> take(DeviceId device, Instant time, float[] values, Optional<Tensor> input, Optional<String> truth) {
        var begins = startOf(time);
        if (!begins.equals(start)) {
            send();
            start = begins;
            counted = fresh();
        }
        counted.reading(values);
        repeats.computeIfAbsent(device, key -> new Repeats(model.profile()))
                .stuck(values)
                .forEach(feature -> counted.fault(SensorFault.one(device, feature, Kind.STUCK)));
        var said = input.map(tensor -> {
            var answer = model.predict(tensor);
            return new Said(answer, model.compare(tensor, answer).fidelity());
        });
        said.ifPresent(s -> counted.answered(s.int8(), s.fidelity()));
        said.ifPresent(s -> truth.ifPresent(label -> labelled(s, time, label)));
        return said;
    }

    private void labelled(Said said, Instant time, String truth) {
        var prediction = said.int8().prediction().orElseThrow();
        requireTaken(desk.on(
                new LabelledAnswer(cohort, time, truth, prediction.label(), Optional.of(prediction.score())), time));
    }

    private Counted fresh() {
        return new Counted(model.profile(), model.card().output().labels());
    }

    private Instant startOf(Instant time) {
        var millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis, window.toMillis()));
    }

    private static void requireTaken(Optional<String> refused) {
        refused.ifPresent(why -> {
            throw new IllegalStateException("a record is refused, which is a bug: " + why);
        });
    }

    private void send() {
        if (start.equals(Instant.MIN)) {
            return;
        }
        var key = new StatsKey(
                GATEWAY, cohort.site(), STREAM, cohort.model(), cohort.version(), cohort.build(), start, window, 0);
        var outcome = desk.on(counted.delta(key), start);
        requireTaken(outcome.refused());
        outcome.evaluation().ifPresent(evaluations::add);
        outcome.stale().ifPresent(signal -> {
            var decision = ledger.decide(signal, policy.recalibration());
            ledger = decision.ledger();
            decision.request().ifPresent(request -> requests.add(signal));
        });
    }

    /** One of each window that became complete, the oldest first. */
    List<Evaluation> evaluations() {
        return evaluations;
    }

    /** Those that were asked for, within cooldown and budget. */
    List<StaleSignal> requests() {
        return requests;
    }
}
