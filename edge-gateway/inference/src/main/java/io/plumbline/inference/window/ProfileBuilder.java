package io.plumbline.inference.window;

import io.plumbline.contract.artifact.ReferenceProfile;
import io.plumbline.contract.wire.Counts;
import io.plumbline.inference.Tensor;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.image.ImageStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Makes a reference profile: ten bins of equal frequency per feature of a reading, or per figure of an image. The edges are
 * the values at every tenth of the sorted samples, each the smallest of its bin; where a value repeats so often that edges
 * coincide or that nothing lies below the first, there are fewer bins, and a feature that never changed has one. Every bin
 * holds at least one sample. Of readings it says, too, how often a value is followed by the same, at its most persistent. Samples are
 * taken to be in the order in which they came, device by device: {@value #STRETCHES} stretches of equal length say how much they differ.
 */
public final class ProfileBuilder {

    private static final int BINS = 10;
    private static final int STRETCHES = 32;
    /* Fewer cannot be told from chance. */
    private static final int FEWEST_IN_STRETCH = BINS;
    /* Longer than any window. */
    private static final int DOUBLINGS = 17;
    private static final int FEWEST_RUNS = 100;

    private ProfileBuilder() {}

    /**
     * @param samples [n, window, features]; of each window the newest reading counts, so that overlapping windows do not
     *     count a reading many times; of an image model n tensors of the card's shape
     * @throws IllegalArgumentException if the shape is not the card's, there is no sample, or a value is not finite
     */
    public static ReferenceProfile profile(ModelCard card, Tensor samples) {
        return profile(card, samples.rows());
    }

    /** As {@link #profile(ModelCard, Tensor)}, of inputs that need not be in memory. */
    public static ReferenceProfile profile(ModelCard card, Tensor.Rows samples) {
        if (card.input() instanceof ImageInput image) {
            return profile(image, samples);
        }
        var shape = samples.shape();
        var input = card.sensor();
        var features = input.features().size();
        if (shape.length != 3 || shape[0] < 1 || shape[1] != input.window() || shape[2] != features) {
            throw new IllegalArgumentException("samples of shape " + Arrays.toString(shape) + " must be [n >= 1, "
                    + input.window() + ", " + features + "]");
        }
        var all = new ArrayList<ReferenceProfile.Feature>();
        for (int feature = 0; feature < features; feature++) {
            var bins = feature(input.features().get(feature).name(), newest(samples, feature));
            all.add(new ReferenceProfile.Feature(
                    bins.name(), bins.edges(), bins.bins(), repeats(samples, feature), bins.stretches()));
        }
        return new ReferenceProfile(all);
    }

    private static ReferenceProfile profile(ImageInput image, Tensor.Rows samples) {
        var shape = image.shape();
        var found = samples.shape();
        if (found[0] < 1 || !samples.fit(shape)) {
            throw new IllegalArgumentException("samples of shape " + Arrays.toString(found)
                    + " must be n >= 1 of shape " + Arrays.toString(shape));
        }
        var count = samples.size();
        var statistics = new ImageStatistics(image);
        var values = new double[ImageStatistics.NAMES.size()][count];
        for (int i = 0; i < count; i++) {
            var figures = statistics.of(samples.get(i), 0);
            for (int figure = 0; figure < figures.length; figure++) {
                values[figure][i] = figures[figure];
            }
        }
        var all = new ArrayList<ReferenceProfile.Feature>();
        for (int figure = 0; figure < values.length; figure++) {
            all.add(feature(ImageStatistics.NAMES.get(figure), values[figure]));
        }
        return new ReferenceProfile(all);
    }

    /**
     * Of neighbours within a window, as if one more pair of each kind had been seen: few samples do not prove much. Repetitions come in
     * clusters, such as light at night, in which a value repeats far more often than on average; so it is the largest share after any
     * run of 1, 2, 4, ... equal readings that was seen often enough to have one.
     */
    private static Optional<Double> repeats(Tensor.Rows samples, int feature) {
        var shape = samples.shape();
        var window = (int) shape[1];
        var features = (int) shape[2];
        var tried = new long[DOUBLINGS];
        var equal = new long[DOUBLINGS];
        for (var sample : samples) {
            var run = 1;
            for (int reading = 1; reading < window; reading++) {
                var at = reading * features + feature;
                var isEqual = sample.get(at) == sample.get(at - features);
                for (int k = 0; k < DOUBLINGS && run >= 1 << k; k++) {
                    tried[k]++;
                    equal[k] += isEqual ? 1 : 0;
                }
                run = isEqual ? run + 1 : 1;
            }
        }
        return window == 1 ? Optional.empty() : Optional.of(largest(tried, equal));
    }

    private static double largest(long[] tried, long[] equal) {
        var largest = (equal[0] + 1.0) / (tried[0] + 2.0);
        for (int k = 1; k < DOUBLINGS && tried[k] >= FEWEST_RUNS; k++) {
            largest = Math.max(largest, (equal[k] + 1.0) / (tried[k] + 2.0));
        }
        return largest;
    }

    private static double[] newest(Tensor.Rows samples, int feature) {
        var shape = samples.shape();
        var count = samples.size();
        var window = (int) shape[1];
        var features = (int) shape[2];
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = samples.get(i).get((window - 1) * features + feature);
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("sample " + i + " holds " + values[i]);
            }
        }
        return values;
    }

    private static ReferenceProfile.Feature feature(String name, double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        List<Double> edges = new ArrayList<>();
        for (int bin = 1; bin < BINS; bin++) {
            var edge = sorted[(int) ((long) bin * sorted.length / BINS)] + 0.0;
            if (edge > sorted[0] && (edges.isEmpty() || edge > edges.get(edges.size() - 1))) {
                edges.add(edge);
            }
        }
        var array = edges.stream().mapToDouble(Double::doubleValue).toArray();
        return new ReferenceProfile.Feature(
                name, edges, count(array, values, 0, values.length), Optional.empty(), stretches(array, values));
    }

    private static Optional<List<Counts>> stretches(double[] edges, double[] values) {
        if (values.length < STRETCHES * FEWEST_IN_STRETCH) {
            return Optional.empty();
        }
        List<Counts> all = new ArrayList<>(STRETCHES);
        for (long stretch = 0; stretch < STRETCHES; stretch++) {
            var from = (int) (stretch * values.length / STRETCHES);
            var to = (int) ((stretch + 1) * values.length / STRETCHES);
            all.add(count(edges, values, from, to));
        }
        return Optional.of(all);
    }

    private static Counts count(double[] edges, double[] values, int from, int to) {
        var bins = new long[edges.length + 1];
        for (int i = from; i < to; i++) {
            bins[FeatureCounter.binOf(edges, values[i])]++;
        }
        return new Counts(bins);
    }
}
