package io.plumbline.cli.tool;

import io.plumbline.cli.lab.Count;
import io.plumbline.cli.lab.ToolException;
import io.plumbline.quantizer.DynamicOptions;
import io.plumbline.quantizer.Renewal;
import io.plumbline.quantizer.StaticOptions;
import io.plumbline.quantizer.auto.Foundry;
import io.plumbline.quantizer.auto.Goal;
import io.plumbline.quantizer.auto.Recipe;
import io.plumbline.quantizer.auto.Recipe.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say how a build is made. */
final class RecipeOptions {

    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description =
                    "auto, dynamic, static, fp16, int8-weights, int4, or, for a model that is quantized already,"
                            + " qat-import (its ranges stay) or recalibrate (a static build over new ranges) (default: ${DEFAULT-VALUE}).")
    private String recipe = "auto";

    @Option(
            names = "--calibrator",
            description =
                    "For static and recalibrate: minmax, minmax-margin, moving-average, percentile, percentile:99.9, entropy"
                            + " or mse (default: ${DEFAULT-VALUE}).")
    private String calibrator = "minmax";

    @Option(
            names = "--blend",
            paramLabel = "SHARE",
            description = "For recalibrate: how far from the old range to the new one, above 0 to 1 (default: 1, which"
                    + " forgets the old one).")
    private double blend = 1;

    @Option(
            names = "--most-growth",
            paramLabel = "TIMES",
            description =
                    "For recalibrate: refuses samples whose input range is more than so many times as wide as the old one"
                            + " (default: ${DEFAULT-VALUE}).")
    private double mostGrowth = 10;

    @Option(names = "--exclude", paramLabel = "NODE", description = "Leaves this node in float; may be repeated.")
    private Set<String> excluded = Set.of();

    @Option(names = "--per-tensor", description = "One scale for a whole weight instead of one per channel.")
    private boolean perTensor;

    @Option(
            names = "--target",
            paramLabel = "CPU",
            description =
                    "What the build is made for: x64-vnni, x64 (weights of 7 bits), arm64 (signed activations in static"
                            + " builds) or any (what is exact everywhere) (default: ${DEFAULT-VALUE}).")
    private String target = "x64-vnni";

    @Option(
            names = "--goal",
            paramLabel = "FIGURE=LEAST",
            description = "For auto: cosine=0.99, agreement=0.99, sqnr=20 or, with a detector's card and inputs,"
                    + " detections=0.95 (default: ${DEFAULT-VALUE}).")
    private String goal = "cosine=0.99";

    @Option(
            names = "--measure",
            description = "For auto: what is best among builds that reach the goal: ${COMPLETION-CANDIDATES}.")
    private Goal.Measure measure = Goal.Measure.LATENCY;

    @Option(
            names = "--budget",
            converter = Count.class,
            paramLabel = "SECONDS",
            description = "For auto: time to search (default: ${DEFAULT-VALUE}).")
    private int budgetSeconds = 300;

    boolean isRecalibration() {
        return recipe.equals(Method.RECALIBRATE.word());
    }

    boolean isAuto() {
        return recipe.equals("auto");
    }

    int budgetSeconds() {
        return budgetSeconds;
    }

    /** @throws ToolException if one of the options means nothing */
    void check() throws ToolException {
        settings("");
        if (isAuto()) {
            goal();
        } else {
            recipe();
        }
    }

    /** @throws ToolException if there is no such recipe or calibrator */
    Recipe recipe() throws ToolException {
        for (var method : Method.values()) {
            if (method.word().equals(recipe)) {
                try {
                    var ranges = method.isCalibrated() ? Optional.of(calibrator) : Optional.<String>empty();
                    return new Recipe(method, ranges, excluded);
                } catch (IllegalArgumentException e) {
                    throw new ToolException("--" + e.getMessage(), e);
                }
            }
        }
        throw new ToolException("--recipe " + recipe
                + " must be one of auto, dynamic, static, fp16, int8-weights, int4, qat-import, recalibrate");
    }

    /** @throws ToolException if it is not understood */
    Goal goal() throws ToolException {
        var parts = goal.split("=", 2);
        for (var figure : Goal.Figure.values()) {
            if (parts.length == 2 && figure.name().equalsIgnoreCase(parts[0])) {
                try {
                    return new Goal(figure, finite(parts[1]), measure);
                } catch (NumberFormatException e) {
                    throw new ToolException("--goal " + goal + ": '" + parts[1] + "' must be a number", e);
                }
            }
        }
        throw new ToolException("--goal " + goal + " must be cosine=, agreement=, sqnr= or detections= and a number");
    }

    private static double finite(String text) {
        var number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    /** @throws ToolException if the goal is what is detected, and nothing says what that is */
    void requireDetector(boolean given) throws ToolException {
        if (isAuto() && !given && goal().figure() == Goal.Figure.DETECTIONS) {
            throw new ToolException("--goal " + goal
                    + " needs images and the card of a detector: give --card and --calibration or --inputs");
        }
    }

    /**
     * @param source digest of the file
     * @throws ToolException if there is no such target, or a renewal that cannot be
     */
    Foundry.Settings settings(String source) throws ToolException {
        var cpu = Target.named(target);
        var fixed = new StaticOptions(
                !perTensor, cpu.activation(), cpu.reduceRange(), StaticOptions.DEFAULT.reach(), Set.of());
        var dynamic = new DynamicOptions(!perTensor, cpu.reduceRange(), true, Set.of());
        try {
            return new Foundry.Settings(source, dynamic, fixed, new Renewal(blend, mostGrowth));
        } catch (IllegalArgumentException e) {
            throw new ToolException("--blend " + blend + ", --most-growth " + mostGrowth + ": " + e.getMessage(), e);
        }
    }

    /** Which processors a build of this method is right for. */
    List<String> devices(Method method) throws ToolException {
        var cpu = Target.named(target);
        return Devices.lines(method, cpu.reduceRange(), cpu.activation() == StaticOptions.Activation.INT8);
    }
}
