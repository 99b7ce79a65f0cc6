package io.plumbline.registry.core.recalibration;

import io.plumbline.contract.artifact.QualityReport.Contribution;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.CalibrationInputs;
import io.plumbline.contract.message.CalibrationMessage.Observed;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.TensorHistogram;
import io.plumbline.inference.model.RangeHistogram;
import io.plumbline.registry.core.calibration.CalibrationQuality;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which histograms to build on. One gateway with a broken sensor, or one that does not tell the truth, must not move the ranges
 * of all: what cannot have been counted, and what alone would make a range many times as wide as all others together, next to the
 * sensors or inside the model, is set aside and reported.
 *
 * @param kept contributions to merge
 * @param setAside why, by gateway
 */
record Contributions(Map<GatewayId, Observed> kept, Map<GatewayId, String> setAside) {

    /** Of fewer than three, nobody can tell which one is the odd one. */
    private static final int ENOUGH_TO_TELL = 3;

    /**
     * Largest width of a range inside the model that one gateway alone may make, in widths of what all others saw. What is rare opens those
     * far wider than the input ({@link RangeGrowth}), so {@link RangeGrowth#MOST} would set aside the one gateway that saw it. But an INT8
     * tensor has 256 levels: of a range a thousand times as wide as theirs the others have a quarter of one, so that nothing would be
     * built for them with it, whether it is true or not.
     */
    private static final double MOST_INSIDE = 1000;

    /** 512 windows of images with 128 million values; the bins of thousands of gateways add up without an overflow. */
    private static final long MOST_IN_A_BIN = 1L << 36;

    Contributions {
        kept = Map.copyOf(kept);
        setAside = Map.copyOf(setAside);
    }

    /**
     * @param bins that every histogram was to have
     * @param maxWindows that a gateway was to use at most
     */
    static Contributions of(Map<GatewayId, Observed> answers, int bins, int maxWindows) {
        Map<GatewayId, String> aside = new TreeMap<>(Comparator.comparing(GatewayId::value));
        Map<GatewayId, Observed> possible = new LinkedHashMap<>();
        answers.forEach((gateway, answer) -> impossible(answer, bins, maxWindows)
                .ifPresentOrElse(why -> aside.put(gateway, why), () -> possible.put(gateway, answer)));
        var shape = usual(possible.values());
        possible.values().removeIf(answer -> otherShape(answer, shape, aside));
        var nearest = nearest(possible.values());
        setAside(Stretch.beside(possible.values(), nearest), possible, aside);
        setAside(Stretch.inside(possible.values(), nearest), possible, aside);
        return new Contributions(possible, aside);
    }

    /** The one of those kept that is far wider than the rest, in one line: whom to look at first where nothing good could be built. */
    Optional<String> widest() {
        return Stretch.of(kept.values(), tensor -> true, Ends::aroundZero)
                .filter(one -> one.times() > RangeGrowth.MOST)
                .max(Comparator.comparingDouble(Stretch::times))
                .map(one -> one.gateway() + " " + one);
    }

    private static void setAside(
            Map<GatewayId, String> stretching, Map<GatewayId, Observed> possible, Map<GatewayId, String> aside) {
        if (possible.size() >= ENOUGH_TO_TELL) {
            stretching.forEach(aside::putIfAbsent);
            possible.keySet().removeAll(stretching.keySet());
        }
    }

    /** What one gateway does to the range of a tensor. */
    private record Stretch(GatewayId gateway, String tensor, double times) {

        /** Why, by gateway, of the tensor next to the sensors, whose values may all be far from zero. */
        private static Map<GatewayId, String> beside(Collection<Observed> answers, Optional<String> nearest) {
            return tooWide(
                    of(answers, tensor -> nearest.filter(tensor::equals).isPresent(), Ends::ofValues),
                    RangeGrowth.MOST,
                    one -> one.as("%.1f") + ": check its sensors");
        }

        /** Why, by gateway, of the first tensor behind that one, whose ranges hold zero. */
        private static Map<GatewayId, String> inside(Collection<Observed> answers, Optional<String> nearest) {
            return tooWide(
                    of(answers, tensor -> nearest.filter(tensor::equals).isEmpty(), Ends::aroundZero),
                    MOST_INSIDE,
                    one -> one + "; no inputs do that: check the gateway");
        }

        private static Map<GatewayId, String> tooWide(Stream<Stretch> all, double most, Function<Stretch, String> why) {
            return all.filter(one -> one.times() > most)
                    .collect(Collectors.toMap(Stretch::gateway, why, (first, later) -> first));
        }

        /** Of each of these tensors those gateways that alone hold an end of its range; no other can stretch it. */
        private static Stream<Stretch> of(Collection<Observed> answers, Predicate<String> these, Supplier<Ends> ends) {
            Map<String, Ends> tensors = new TreeMap<>();
            for (var answer : answers) {
                answer.histograms().stream()
                        .filter(histogram -> these.test(histogram.tensor()))
                        .forEach(histogram -> tensors.computeIfAbsent(histogram.tensor(), tensor -> ends.get())
                                .add(answer.gateway(), histogram));
            }
            return tensors.entrySet().stream()
                    .flatMap(entry -> entry.getValue().holders().stream()
                            .map(holder -> new Stretch(
                                    holder, entry.getKey(), entry.getValue().times(holder))));
        }

        private String as(String times) {
            return String.format(
                    Locale.ROOT,
                    "alone makes the range of '%s' " + times + " times as wide as all others together",
                    tensor,
                    this.times);
        }

        @Override
        public String toString() {
            return as("%.4g");
        }
    }

    /** The ends of a tensor's range, who holds them, and where they would be without. Not thread-safe. */
    private static final class Ends {

        private Optional<GatewayId> lowest = Optional.empty();
        private Optional<GatewayId> highest = Optional.empty();
        private double min;
        private double max;
        private double nextMin;
        private double nextMax;

        private Ends(double min, double max) {
            this.min = min;
            this.max = max;
            nextMin = min;
            nextMax = max;
        }

        private static Ends ofValues() {
            return new Ends(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        }

        private static Ends aroundZero() {
            return new Ends(0, 0);
        }

        private void add(GatewayId gateway, TensorHistogram histogram) {
            if (histogram.min() < min) {
                nextMin = min;
                min = histogram.min();
                lowest = Optional.of(gateway);
            } else {
                nextMin = Math.min(nextMin, histogram.min());
            }
            if (histogram.max() > max) {
                nextMax = max;
                max = histogram.max();
                highest = Optional.of(gateway);
            } else {
                nextMax = Math.max(nextMax, histogram.max());
            }
        }

        private List<GatewayId> holders() {
            return Stream.of(lowest, highest)
                    .flatMap(Optional::stream)
                    .distinct()
                    .toList();
        }

        /** 0 where all others saw but one value, or nothing but zero, whose answers no width harms. */
        private double times(GatewayId holder) {
            var without = (highest.filter(holder::equals).isPresent() ? nextMax : max)
                    - (lowest.filter(holder::equals).isPresent() ? nextMin : min);
            return without > 0 ? (max - min) / without : 0;
        }
    }

    /**
     * What each of those that are kept gave, in the order of the gateways' names.
     *
     * @param sites where gateways are, whatever they say
     */
    List<Contribution> sizes(Map<GatewayId, SiteId> sites) {
        return kept.values().stream()
                .map(one ->
                        new Contribution(one.gateway(), sites.getOrDefault(one.gateway(), one.site()), one.windows()))
                .sorted(Comparator.comparing(one -> one.gateway().value()))
                .toList();
    }

    /** @param live what the sites read */
    CalibrationQuality quality(List<InputHistogram> live) {
        return CalibrationQuality.of(
                kept.values().stream().flatMap(one -> one.inputs().stream()).toList(), live);
    }

    private static Optional<String> impossible(Observed answer, int bins, int maxWindows) {
        if (answer.windows() <= 0 || answer.windows() > maxWindows) {
            return Optional.of("says that it used " + answer.windows() + " windows of " + maxWindows + " at most");
        }
        if (answer.histograms().isEmpty()) {
            return Optional.of("sent no histogram");
        }
        return answer.histograms().stream()
                .flatMap(histogram -> impossible(histogram, answer.windows(), bins).stream())
                .findFirst()
                .or(() -> answer.inputs().flatMap(inputs -> impossible(inputs, answer.windows())));
    }

    private static Optional<String> impossible(CalibrationInputs inputs, long windows) {
        return inputs.features().stream()
                .filter(sketch -> sketch.count() + sketch.notFinite() != windows)
                .map(sketch -> "counts " + (sketch.count() + sketch.notFinite()) + " values of feature '"
                        + sketch.feature() + "' in its " + windows + " windows")
                .findFirst()
                .or(() -> inputs.answers().stream()
                        .filter(answer -> answer.count() > MOST_IN_A_BIN)
                        .map(answer ->
                                "counts " + answer.count() + " answers '" + answer.label() + "', which nobody has")
                        .findFirst());
    }

    private static Optional<String> impossible(TensorHistogram histogram, long windows, int bins) {
        var name = "histogram of '" + histogram.tensor() + "' ";
        if (Math.max(-histogram.min(), histogram.max()) > Float.MAX_VALUE) {
            return Optional.of(String.format(
                    Locale.ROOT, "%ssays %.4g to %.4g, which no tensor holds", name, histogram.min(), histogram.max()));
        }
        if (histogram.bins().size() != bins) {
            return Optional.of(name + "has " + histogram.bins().size() + " bins, asked were " + bins);
        }
        var most = Arrays.stream(histogram.bins().toArray()).max().orElse(0);
        if (most > MOST_IN_A_BIN) {
            return Optional.of(name + "counts " + most + " values in one bin, which nobody has");
        }
        var total = histogram.bins().total();
        if (total == 0 || total % windows != 0) {
            return Optional.of(
                    name + "counts " + total + " values, which is no multiple of its " + windows + " windows");
        }
        if (isTooWide(histogram)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%shas bins up to %.4g, though %.4g to %.4g need half of it",
                    name,
                    histogram.bound(),
                    histogram.min(),
                    histogram.max()));
        }
        if (binOf(histogram, histogram.min()) != first(histogram)
                || binOf(histogram, histogram.max()) != last(histogram)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%ssays %.4g to %.4g, which its counts do not",
                    name,
                    histogram.min(),
                    histogram.max()));
        }
        return Optional.empty();
    }

    /** Bins are as wide as the values need, by doubling: wider ones would blur everybody's when they are merged. */
    private static boolean isTooWide(TensorHistogram histogram) {
        var half = histogram.bound() / 2;
        return histogram.bound() > RangeHistogram.NARROWEST && histogram.min() >= -half && histogram.max() < half;
    }

    private static int binOf(TensorHistogram histogram, double value) {
        var bins = histogram.bins().size();
        var bin = bins / 2 + (int) Math.floor(value * bins / (2 * histogram.bound()));
        return Math.min(bins - 1, bin);
    }

    private static int first(TensorHistogram histogram) {
        var bin = 0;
        while (histogram.bins().get(bin) == 0) {
            bin++;
        }
        return bin;
    }

    private static int last(TensorHistogram histogram) {
        var bin = histogram.bins().size() - 1;
        while (histogram.bins().get(bin) == 0) {
            bin--;
        }
        return bin;
    }

    /** Values of one window, by tensor: the same wherever the same model runs. */
    private static Map<String, Long> shape(Observed answer) {
        return answer.histograms().stream()
                .collect(Collectors.toMap(
                        TensorHistogram::tensor, one -> one.bins().total() / answer.windows(), (one, other) -> -1L));
    }

    /** What most of them have; empty where that cannot be told. */
    private static Optional<Map<String, Long>> usual(Collection<Observed> answers) {
        return answers.stream()
                .collect(Collectors.groupingBy(Contributions::shape, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> 2 * entry.getValue() > answers.size())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean otherShape(
            Observed answer, Optional<Map<String, Long>> usual, Map<GatewayId, String> aside) {
        var mine = shape(answer);
        if (usual.isPresent() && usual.get().equals(mine) && !mine.containsValue(-1L)) {
            return false;
        }
        aside.put(answer.gateway(), "observed other tensors, or other numbers of values, than the other gateways");
        return true;
    }

    /** The tensor next to the sensors, which is the first of most of them: one that puts its own in another order is not asked. */
    private static Optional<String> nearest(Collection<Observed> answers) {
        return answers.stream()
                .collect(Collectors.groupingBy(
                        answer -> answer.histograms().get(0).tensor(), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }
}
