package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.QualityReport.Layer;
import io.plumbline.contract.artifact.QualityReport.LayerSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How much noise the layers of a build add, the noisiest first. Pure.
 *
 * @param about what it was measured on, or why it was not, in sentences
 * @param bars signal over noise of the noisiest layers
 * @param rows all layers that are known
 */
public record LayerChart(String about, List<Bar> bars, List<Row> rows) {

    private static final int MOST_BARS = 16;
    /** A bar of full length: less noise than a thousandth of the amplitude. */
    private static final double FULL_DB = 60;
    /** Noise has a tenth of the signal's power. */
    private static final double POOR_DB = 10;

    private static final double HUNDRED = 100;

    public LayerChart {
        bars = List.copyOf(bars);
        rows = List.copyOf(rows);
    }

    public record Row(String node, String operator, String sqnr) {}

    /** @param quality empty where the registry tells none, which the page says itself */
    static LayerChart of(Optional<QualityReport> quality) {
        if (quality.isEmpty()) {
            return new LayerChart("", List.of(), List.of());
        }
        var layers = quality.get().layers();
        if (layers.isEmpty()) {
            return new LayerChart(
                    "This build was made before registries measured its layers; a new build of the version has the figures.",
                    List.of(),
                    List.of());
        }
        var set = layers.get();
        return set.worst().isEmpty()
                ? new LayerChart(set.because(), List.of(), List.of())
                : new LayerChart(
                        measured(set, quality.get()),
                        set.worst().stream()
                                .limit(MOST_BARS)
                                .map(LayerChart::bar)
                                .toList(),
                        set.worst().stream().map(LayerChart::row).toList());
    }

    private static String measured(LayerSet set, QualityReport report) {
        var federated = report.calibration()
                .filter(from -> !from.contributions().isEmpty())
                .isPresent();
        return String.format(
                Locale.ROOT,
                "On %,d samples of the model's owner, when it was made%s.%s",
                set.samples(),
                federated
                        ? ": the readings that it was calibrated on are at the gateways, where outputs are compared, not layers"
                        : "",
                left(set));
    }

    private static String left(LayerSet set) {
        var drawn = Math.min(MOST_BARS, set.worst().size());
        if (set.compared() <= drawn) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                " These are the noisiest %d of %,d layers%s.",
                drawn,
                set.compared(),
                set.worst().size() > drawn ? "; the table has " + set.worst().size() : "");
    }

    private static Bar bar(Layer layer) {
        var length =
                layer.sqnrDb().map(db -> Math.min(1, Math.max(0, db / FULL_DB))).orElse(1.0);
        return new Bar(
                layer.node(),
                String.format(Locale.ROOT, "%.1f", HUNDRED * length),
                words(layer),
                layer.sqnrDb().filter(db -> db < POOR_DB).isPresent());
    }

    private static Row row(Layer layer) {
        return new Row(layer.node(), layer.operator(), words(layer));
    }

    private static String words(Layer layer) {
        return layer.sqnrDb()
                .map(db -> String.format(Locale.ROOT, "%.1f dB", db))
                .orElse("exact");
    }
}
