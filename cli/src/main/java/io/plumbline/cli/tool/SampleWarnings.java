package io.plumbline.cli.tool;

import io.plumbline.cli.sample.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What to think of when samples are few, missing, or the same for two purposes. */
final class SampleWarnings {

    private static final int FEW = 32;
    private static final int LOOKED_AT = 16;

    private final int used;
    private final boolean search;

    /**
     * @param used samples at most
     * @param search whether recipes were tried that nobody named
     */
    SampleWarnings(int used, boolean search) {
        this.used = used;
        this.search = search;
    }

    List<String> of(Optional<Samples> calibration, Optional<Samples> evaluation) {
        var warnings = new ArrayList<String>();
        if (calibration.isEmpty() && search) {
            warnings.add("static recipes, the only ones for convolutions, were not tried: give --calibration");
        }
        if (evaluation.isEmpty()) {
            warnings.add("compared on random numbers, which say little of real inputs: give --inputs or --calibration");
        }
        calibration.ifPresent(samples -> {
            var count = Math.min(used, samples.size());
            if (count < FEW) {
                warnings.add("calibrated on " + count + " samples; " + FEW + " or more are better");
            }
            if (evaluation.equals(calibration)) {
                warnings.add("compared on the calibration samples themselves: give --inputs with others");
            }
            samples.unread().ifPresent(warnings::add);
            constants(samples)
                    .forEach(name -> warnings.add(
                            "input '" + name + "' is the same in every calibration sample: its range is too narrow"));
        });
        evaluation
                .filter(samples -> !evaluation.equals(calibration))
                .flatMap(Samples::unread)
                .ifPresent(warnings::add);
        return warnings;
    }

    /** Inputs that never change in a few samples from all over. */
    private static Set<String> constants(Samples samples) {
        var few = samples.spread(LOOKED_AT).iterator();
        var first = few.next();
        var same = few.hasNext() ? new TreeSet<>(first.keySet()) : new TreeSet<String>();
        while (few.hasNext() && !same.isEmpty()) {
            var other = few.next();
            same.removeIf(name -> !Objects.equals(first.get(name), other.get(name)));
        }
        return same;
    }
}
