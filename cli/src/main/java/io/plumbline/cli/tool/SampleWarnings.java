package io.plumbline.cli.tool;

import io.plumbline.cli.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What to think of when samples are few, missing, or the same for two purposes. */
final class SampleWarnings {

    private static final int FEW = 32;

    private SampleWarnings() {}

    static List<String> of(Optional<Samples> calibration, Optional<Samples> evaluation) {
        var warnings = new ArrayList<String>();
        if (evaluation.isEmpty()) {
            warnings.add("compared on random numbers, which say little of real inputs: give --inputs or --calibration");
        }
        calibration.ifPresent(samples -> {
            if (samples.size() < FEW) {
                warnings.add("calibrated on " + samples.size() + " samples; " + FEW + " or more are better");
            }
            if (evaluation.equals(calibration)) {
                warnings.add("compared on the calibration samples themselves: give --inputs with others");
            }
            constants(samples)
                    .forEach(name -> warnings.add(
                            "input '" + name + "' is the same in every calibration sample: its range is too narrow"));
        });
        return warnings;
    }

    /** Inputs that never change. */
    private static List<String> constants(Samples samples) {
        return samples.batches().entrySet().stream()
                .filter(entry ->
                        samples.size() > 1 && isConstant(entry.getValue().toArray(), samples.size()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static boolean isConstant(float[] values, int samples) {
        var length = values.length / samples;
        for (int i = length; i < values.length; i++) {
            if (values[i] != values[i - length]) {
                return false;
            }
        }
        return true;
    }
}
