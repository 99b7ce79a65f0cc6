package io.plumbline.quantizer.auto;

import io.plumbline.quantizer.auto.Recipe.Method;
import io.plumbline.quantizer.onnx.UnsupportedGraphException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Looks for the best INT8 build that is near enough to FP32. First every recipe that applies; if none reaches the goal, the
 * nearest static one with more and more of its costliest nodes left in float; if that does not help either, it says so and
 * offers what is not INT8. Stops when the budget is used up. Holds no build: what a trial measured is enough to choose, and
 * the chosen recipe makes the same bytes again. Used once, by one thread.
 */
public final class AutoSearch {

    private static final List<String> CALIBRATORS = List.of("minmax", "percentile", "mse", "entropy");
    private static final List<Integer> EXCLUSIONS = List.of(1, 2, 4, 8, 16);
    private static final List<Method> NOT_INT8 = List.of(Method.INT8_WEIGHTS, Method.FP16);

    private final Foundry foundry;
    private final Laboratory laboratory;
    private final Goal goal;
    private final Clock clock;
    private final Instant end;
    private final Consumer<Trial> listener;
    private final List<Trial> trials = new ArrayList<>();

    /** What the search may use: a clock, time, and somebody who hears of every trial as it ends. */
    public record Budget(Clock clock, Duration time, Consumer<Trial> listener) {}

    public AutoSearch(Foundry foundry, Laboratory laboratory, Goal goal, Budget budget) {
        this.foundry = foundry;
        this.laboratory = laboratory;
        this.goal = goal;
        this.clock = budget.clock();
        this.end = budget.clock().instant().plus(budget.time());
        this.listener = budget.listener();
    }

    /** The static recipes that a search begins with. */
    public static List<Recipe> calibrated() {
        return CALIBRATORS.stream().map(Recipe::calibrated).toList();
    }

    public Outcome search() {
        if (foundry.isTrained()) {
            attempt(Recipe.of(Method.QAT_IMPORT));
            var imported = best();
            return new Outcome(
                    imported.map(this::again),
                    Optional.empty(),
                    trials,
                    "the model is quantized already: its ranges stay"
                            + (imported.isPresent()
                                    ? ", weights and biases are stored as integers"
                                    : ", and nothing can be made of it"));
        }
        attempt(Recipe.of(Method.DYNAMIC));
        if (laboratory.canCalibrate()) {
            calibrated().forEach(this::attempt);
        }
        if (best().isEmpty()) {
            excludeCostliest();
        }
        var chosen = best();
        if (chosen.isPresent()) {
            return new Outcome(chosen.map(this::again), Optional.empty(), trials, praise(chosen.get()));
        }
        NOT_INT8.forEach(method -> attempt(Recipe.of(method)));
        var alternative = best();
        var because = "no INT8 build reaches " + goal.words() + (timeIsUp() ? " within the budget" : "")
                + alternative
                        .map(trial -> "; " + trial.recipe().words() + " does")
                        .orElse("; nothing else tried does either: deploy FP32");
        return new Outcome(Optional.empty(), alternative.map(this::again), trials, because);
    }

    private void excludeCostliest() {
        var nearest = trials.stream()
                .filter(trial -> trial.measured().isPresent() && trial.recipe().method() == Method.STATIC)
                .max(Comparator.comparingDouble(this::figure))
                .map(Trial::recipe);
        if (nearest.isEmpty() || timeIsUp()) {
            return;
        }
        try {
            var layers = laboratory.compareLayers(
                    foundry.prepared(), foundry.make(nearest.get()).model());
            var suspects = Sensitivity.rank(foundry.prepared(), layers);
            var enough = middle(clock.instant(), end);
            var culprits = new Culprits(foundry, laboratory)
                    .rank(nearest.get(), suspects, () -> clock.instant().isAfter(enough));
            for (int count : EXCLUSIONS) {
                if (count >= culprits.size() || best().isPresent()) {
                    return;
                }
                attempt(nearest.get().excluding(Set.copyOf(culprits.subList(0, count))));
            }
        } catch (UnsupportedGraphException e) {
            tell(new Trial(nearest.get(), Optional.empty(), false, "its layers cannot be compared: " + e.getMessage()));
        }
    }

    private static Instant middle(Instant from, Instant to) {
        return from.plus(Duration.between(from, to).dividedBy(2));
    }

    private void attempt(Recipe recipe) {
        if (timeIsUp()) {
            tell(new Trial(recipe, Optional.empty(), false, "not tried: the budget is used up"));
            return;
        }
        try {
            var model = foundry.make(recipe);
            var measured = laboratory.measure(model.model());
            var reached = goal.isReached(measured);
            var trial = new Trial(recipe, Optional.of(measured), reached, verdict(measured, reached));
            tell(trial);
        } catch (UnsupportedGraphException e) {
            tell(new Trial(recipe, Optional.empty(), false, String.valueOf(e.getMessage())));
        }
    }

    private void tell(Trial trial) {
        trials.add(trial);
        listener.accept(trial);
    }

    private boolean timeIsUp() {
        return clock.instant().isAfter(end);
    }

    private Outcome.Made again(Trial trial) {
        try {
            return new Outcome.Made(foundry.make(trial.recipe()), trial);
        } catch (UnsupportedGraphException e) {
            throw new IllegalStateException(
                    "recipe " + trial.recipe().words() + " made a build once: this is a bug", e);
        }
    }

    private Optional<Trial> best() {
        return trials.stream()
                .filter(Trial::reached)
                .min(Comparator.comparingDouble(this::cost).thenComparingDouble(trial -> -figure(trial)));
    }

    /** Builds that differ in nothing but their ranges run the same kernels: between them the nearest is the best. */
    private double cost(Trial trial) {
        return trials.stream()
                .filter(other -> other.recipe().method() == trial.recipe().method()
                        && other.recipe().excludedNodes().equals(trial.recipe().excludedNodes()))
                .mapToDouble(this::measuredCost)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private double measuredCost(Trial trial) {
        return goal.measure() == Goal.Measure.SIZE
                ? trial.sizeBytes()
                : trial.measured().map(Laboratory.Measured::latencyMillis).orElse(Double.POSITIVE_INFINITY);
    }

    private double figure(Trial trial) {
        var worst = trial.measured().map(goal::worst).orElse(Double.NaN);
        return Double.isNaN(worst) ? Double.NEGATIVE_INFINITY : worst;
    }

    private String verdict(Laboratory.Measured measured, boolean reached) {
        var name = goal.figure().name().toLowerCase(Locale.ROOT);
        if (Double.isNaN(goal.worst(measured))) {
            return name + " has no value here: FP32 gives nothing to compare with";
        }
        return String.format(
                Locale.ROOT,
                "%s is %.5f, %s",
                name,
                goal.worst(measured),
                reached ? "which reaches the goal" : "the goal is " + goal.least());
    }

    private String praise(Trial trial) {
        var measure = goal.measure() == Goal.Measure.SIZE ? "smallest" : "fastest";
        return trial.recipe().words() + " is the " + measure + " build with " + goal.words();
    }
}
