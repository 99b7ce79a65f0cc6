package io.plumbline.cli.tool;

import io.plumbline.quantizer.auto.Laboratory.Measured;
import io.plumbline.quantizer.auto.Outcome;
import io.plumbline.quantizer.auto.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was made, how good it is and what else was tried, for people and for machines. */
final class QuantizeReport {

    private final Source source;
    private final Outcome outcome;
    private final Context context;

    /** @param devices which processors the build is right for; empty where there is none */
    record Context(List<String> devices, List<String> warnings) {

        Context {
            devices = List.copyOf(devices);
            warnings = List.copyOf(warnings);
        }
    }

    /** @param size in bytes, on disk */
    record Source(String name, long size) {}

    QuantizeReport(Source source, Outcome outcome, Context context) {
        this.source = source;
        this.outcome = outcome;
        this.context = context;
    }

    private Optional<Trial> made() {
        return outcome.chosen().or(outcome::alternative).map(Outcome.Made::trial);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        if (outcome.trials().size() > 1) {
            var table = new Table("recipe", "size", "latency", "time", "agreement", "cosine", "SQNR", "AP50", "goal");
            outcome.trials().stream()
                    .filter(trial -> trial.measured().isPresent())
                    .forEach(trial -> row(trial, trial.measured().get(), table));
            lines.addAll(table.lines());
            outcome.trials().stream()
                    .filter(trial -> trial.measured().isEmpty())
                    .forEach(trial -> lines.add(trial.recipe().words() + ": " + trial.because()));
            lines.add("");
        }
        lines.add(outcome.because());
        made().ifPresent(trial -> summary(trial, lines));
        warnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private List<String> warnings() {
        var warnings = new ArrayList<>(context.warnings());
        outcome.chosen()
                .or(outcome::alternative)
                .flatMap(made -> made.model().fixedInputs())
                .ifPresent(names ->
                        warnings.add("inputs that had a value of their own are constants in the build: " + names));
        return warnings;
    }

    private static void row(Trial trial, Measured measured, Table table) {
        var worst = Worst.of(measured.outputs().values());
        table.row(
                trial.recipe().words(),
                Say.bytes(trial.sizeBytes()),
                Say.millis(measured.latencyMillis()),
                Say.times(latencyRatio(measured)),
                Say.ratio(worst.agreement()),
                Say.ratio(worst.cosine()),
                Say.decibels(worst.sqnrDb()),
                Say.ratio(measured.detections().orElse(Double.NaN)),
                trial.reached() ? "yes" : "no");
    }

    private void summary(Trial trial, List<String> lines) {
        var measured = trial.measured().orElseThrow();
        lines.add(
                trial.recipe().words() + ": " + Say.bytes(source.size()) + " -> " + Say.bytes(trial.sizeBytes()) + " ("
                        + Say.times(sizeRatio(trial)) + "), " + Say.millis(measured.fp32LatencyMillis()) + " -> "
                        + Say.millis(measured.latencyMillis()) + " (" + Say.times(latencyRatio(measured)) + ")");
        measured.outputs()
                .forEach((name, one) -> lines.add("output '" + name + "': agreement "
                        + Say.ratio(one.agreement()) + ", cosine " + Say.ratio(one.cosineMean()) + ", SQNR "
                        + Say.decibels(one.sqnrDb()) + " over " + one.samples() + " samples"));
        measured.detections()
                .ifPresent(ap50 -> lines.add("detections: AP50 " + Say.ratio(ap50) + " against those of FP32"));
        lines.addAll(context.devices());
    }

    private double sizeRatio(Trial trial) {
        return (double) trial.sizeBytes() / source.size();
    }

    private static double latencyRatio(Measured measured) {
        return measured.latencyMillis() / measured.fp32LatencyMillis();
    }

    Map<String, Object> json() {
        return Say.object(
                "source", source.name(),
                "sourceBytes", source.size(),
                "recipe", made().map(trial -> trial.recipe().words()).orElse("none"),
                "int8", outcome.chosen().isPresent(),
                "because", outcome.because(),
                "build", made().map(this::json).orElse(Map.of()),
                "trials", outcome.trials().stream().map(this::json).toList(),
                "devices", context.devices(),
                "java", System.getProperty("java.version"),
                "cpu", System.getProperty("os.arch"),
                "warnings", warnings());
    }

    private Map<String, Object> json(Trial trial) {
        var object = Say.object(
                "recipe", trial.recipe().words(),
                "excludedNodes",
                        trial.recipe().excludedNodes().stream().sorted().toList(),
                "reached", trial.reached(),
                "because", trial.because());
        trial.measured().ifPresent(measured -> {
            object.put("sizeBytes", trial.sizeBytes());
            object.put("sizeRatio", sizeRatio(trial));
            object.put("latencyMillis", measured.latencyMillis());
            object.put("fp32LatencyMillis", measured.fp32LatencyMillis());
            object.put("latencyRatio", latencyRatio(measured));
            measured.detections().stream().filter(Double::isFinite).forEach(ap50 -> object.put("detectionsAp50", ap50));
            object.put("outputs", CompareCommand.asJson(measured.outputs()));
        });
        return object;
    }
}
