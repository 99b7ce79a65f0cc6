package io.plumbline.gateway.core.calibration;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.gateway.core.build.BuildSource;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.build.UnavailableBuildException;
import io.plumbline.gateway.core.build.UnfitBuildException;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.model.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Answers calibration tasks. Slow, and apart from the reading path: it loads builds of its own and works on copies of the
 * windows. One thread at a time.
 */
public final class CalibrationDesk {

    /** Fewer windows say too little of a site to speak for it. */
    static final int FEWEST_WINDOWS = 16;

    /** A gateway that was killed answers what it had been asked; whoever asked longer ago has given up. */
    static final Duration OLDEST = Duration.ofMinutes(5);

    private final Self self;
    private final BuildSource builds;
    private final Share share;
    private final Supplier<Set<ModelName>> running;
    private final SampleDesk samples;

    /**
     * What recalibrations may have of this gateway.
     *
     * @param windows to observe and score on
     * @param percent of one processor, 1 to 100
     */
    public record Share(Windows windows, int percent) {}

    /**
     * @param running the models that this gateway runs now
     * @param giving what may be given to whoever asks for readings
     */
    public CalibrationDesk(
            Self self, BuildSource builds, Share share, Supplier<Set<ModelName>> running, Giving giving) {
        this.self = self;
        this.builds = builds;
        this.share = share;
        this.running = running;
        this.samples = new SampleDesk(self, giving);
    }

    /**
     * @param sentAt wall-clock time at which the message was sent
     * @return nothing for what is not a task, is too old to wait for, or is for others or for a model that it does not run
     */
    public Optional<CalibrationMessage> answer(CalibrationMessage message, Instant sentAt) throws InterruptedException {
        if (sentAt.isBefore(self.clock().instant().minus(OLDEST))
                || !running.get().contains(message.model())) {
            return Optional.empty();
        }
        try {
            if (message instanceof CalibrationMessage.Observe task) {
                return isMine(task.gateways()) ? Optional.of(observe(task)) : Optional.empty();
            }
            if (message instanceof CalibrationMessage.Score task) {
                return isMine(task.gateways()) ? Optional.of(score(task)) : Optional.empty();
            }
            if (message instanceof CalibrationMessage.Sample task) {
                return Optional.of(samples.answer(task));
            }
            return Optional.empty();
        } catch (UnfitBuildException | UnavailableBuildException e) {
            return Optional.of(decline(message, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return Optional.of(decline(message, "the task failed here: " + e));
        }
    }

    private boolean isMine(Optional<List<GatewayId>> asked) {
        return asked.isEmpty() || asked.get().contains(self.gateway());
    }

    private CalibrationMessage observe(CalibrationMessage.Observe task)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var inputs = first(task.maxWindows(), share.windows.of(task.model()).calibration());
        if (inputs.size() < FEWEST_WINDOWS) {
            return decline(task, tooFew(inputs, "calibration"));
        }
        try (var model = builds.load(task.model(), task.build()).model()) {
            var observed = model.observe(Paced.of(inputs, share.percent), task.bins());
            return new CalibrationMessage.Observed(
                    task.recalibration(),
                    task.model(),
                    self.gateway(),
                    self.site(),
                    inputs.size(),
                    observed.histograms(),
                    Optional.of(observed.inputs()));
        }
    }

    private CalibrationMessage score(CalibrationMessage.Score task)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        var halves = share.windows.of(task.model());
        var inputs = first(task.maxWindows(), halves.holdout());
        if (inputs.size() < FEWEST_WINDOWS) {
            return decline(task, tooFew(inputs, "holdout"));
        }
        var trials = new ArrayList<Trial>();
        for (var build : task.builds()) {
            trials.add(score(task.model(), build, inputs));
        }
        var scores = trials.stream().map(trial -> trial.beside(trials.get(0))).toList();
        var answers = Said.of(first(task.maxWindows(), halves.readings()), trials);
        return new CalibrationMessage.Scored(
                task.recalibration(), task.model(), self.gateway(), self.site(), scores, Optional.of(answers));
    }

    private Trial score(ModelName name, Digest build, List<Tensor> inputs)
            throws UnfitBuildException, UnavailableBuildException, InterruptedException {
        try (var model = builds.load(name, build).model()) {
            return model.score(Paced.of(inputs, share.percent));
        }
    }

    private static <T> List<T> first(int most, List<T> all) {
        return all.subList(0, Math.min(most, all.size()));
    }

    private static String tooFew(List<Tensor> inputs, String half) {
        return "the " + half + " half of the reservoir has " + inputs.size() + " windows, fewer than " + FEWEST_WINDOWS;
    }

    private CalibrationMessage decline(CalibrationMessage task, String because) {
        return new CalibrationMessage.Declined(
                task.recalibration(), task.model(), self.gateway(), self.site(), because);
    }
}
