package io.plumbline.fleet.core.console.drift;

import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.wire.Counts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What the inputs of a cohort look like now, beside the reference. Pure.
 *
 * @param about which features these are, and what else leaves its range, in sentences
 */
public record InputCharts(List<InputChart> charts, String about) {

    private static final double[] AXES = {0.1, 0.2, 0.4, 0.6, 0.8, 1};
    private static final double GAP = 0.08;
    /** Labels nearer to each other than this cannot be read, in the units of the drawing. */
    private static final double APART = 62;

    public InputCharts {
        charts = List.copyOf(charts);
    }

    static InputCharts of(ModelHealth health) {
        var told = health.inputs().orElse(List.of());
        return new InputCharts(
                told.stream().map(one -> chart(one, health.evidence())).toList(),
                (features(told.size(), health.evidence()) + clipping(health)).strip());
    }

    private static String features(int told, List<Evidence> evidence) {
        var known = evidence.stream()
                .filter(fact -> fact.measure().equals("psi") && fact.samples() > 0)
                .count();
        return told > 0 && known > told
                ? "These are the " + told + " of " + known + " features that are farthest from the reference. "
                : "";
    }

    /** Bins tell of features; calibrated ranges are those of tensors. */
    private static String clipping(ModelHealth health) {
        return health.fidelity().clipping().stream()
                .filter(one -> one.windows() > 0 && one.clippedWindows() > 0)
                .max(Comparator.comparingDouble(InputCharts::clipped))
                .map(one -> percent(clipped(one)) + " of the inputs leave the calibrated range of tensor “"
                        + one.tensor() + "”.")
                .orElse("");
    }

    private static double clipped(TensorClipping tensor) {
        return (double) tensor.clippedWindows() / tensor.windows();
    }

    private static InputChart chart(InputHistogram one, List<Evidence> evidence) {
        var fact = evidence.stream()
                .filter(psi -> psi.measure().equals("psi") && psi.subject().equals(one.feature()) && psi.samples() > 0)
                .findFirst();
        var edges = Edges.inWords(one.edges());
        var top = top(Math.max(highest(one.reference()), highest(one.current())));
        return new InputChart(
                one.feature(),
                fact.map(psi -> "PSI " + number(psi.value()) + ", limit " + number(psi.threshold()))
                        .orElse("PSI not known"),
                fact.filter(Evidence::breached).isPresent(),
                outside(one, edges),
                bins(one, edges, top),
                steps(one.reference(), top),
                labels(edges),
                List.of(tick(0, top), tick(top / 2, top), tick(top, top)));
    }

    private static String outside(InputHistogram one, List<String> edges) {
        var last = one.current().size() - 1;
        var sentence = edges.isEmpty()
                ? "The reference never changed, so there is one bin for all."
                : percent(share(one.current(), 0)) + " are below " + edges.get(0) + " (reference "
                        + percent(share(one.reference(), 0)) + "), " + percent(share(one.current(), last))
                        + " are " + edges.get(last - 1) + " or more (reference " + percent(share(one.reference(), last))
                        + ").";
        return one.notFinite() == 0
                ? sentence
                : sentence + String.format(Locale.ROOT, " %,d more were no numbers.", one.notFinite());
    }

    private static List<InputChart.Bin> bins(InputHistogram one, List<String> edges, double top) {
        var bins = new ArrayList<InputChart.Bin>();
        var width = width(one.current().size());
        for (int i = 0; i < one.current().size(); i++) {
            var now = share(one.current(), i);
            bins.add(new InputChart.Bin(
                    Edges.range(edges, i),
                    percent(share(one.reference(), i)),
                    percent(now),
                    coordinate(InputChart.LEFT + (i + GAP) * width),
                    coordinate(y(now, top)),
                    coordinate((1 - 2 * GAP) * width),
                    coordinate(y(0, top) - y(now, top))));
        }
        return bins;
    }

    private static String steps(Counts reference, double top) {
        var path = new StringBuilder();
        for (int i = 0; i < reference.size(); i++) {
            path.append(i == 0 ? "M" + InputChart.LEFT + " " : "V")
                    .append(coordinate(y(share(reference, i), top)))
                    .append('H')
                    .append(coordinate(InputChart.LEFT + (i + 1) * width(reference.size())));
        }
        return path.toString();
    }

    private static List<InputChart.Label> labels(List<String> edges) {
        var width = width(edges.size() + 1);
        var every = (int) Math.ceil(APART / width);
        var labels = new ArrayList<InputChart.Label>();
        for (int i = 0; i < edges.size(); i += every) {
            labels.add(new InputChart.Label(edges.get(i), coordinate(InputChart.LEFT + (i + 1) * width)));
        }
        return labels;
    }

    private static InputChart.Tick tick(double share, double top) {
        return new InputChart.Tick(String.format(Locale.ROOT, "%.0f %%", 100 * share), coordinate(y(share, top)));
    }

    private static double highest(Counts counts) {
        var highest = 0.0;
        for (int i = 0; i < counts.size(); i++) {
            highest = Math.max(highest, share(counts, i));
        }
        return highest;
    }

    private static double top(double highest) {
        for (var axis : AXES) {
            if (highest <= axis) {
                return axis;
            }
        }
        return 1;
    }

    private static double share(Counts counts, int bin) {
        return (double) counts.get(bin) / Math.max(1, counts.total());
    }

    private static double width(int bins) {
        return (double) (InputChart.WIDTH - InputChart.LEFT - InputChart.RIGHT) / bins;
    }

    private static double y(double share, double top) {
        return InputChart.HEIGHT
                - InputChart.BOTTOM
                - share / top * (InputChart.HEIGHT - InputChart.BOTTOM - InputChart.TOP);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double psi) {
        return String.format(Locale.ROOT, psi >= 10 ? "%.1f" : "%.2f", psi);
    }

    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
