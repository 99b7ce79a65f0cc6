package io.plumbline.fleet.core.console.drift;

import io.plumbline.fleet.core.console.chart.Chart;
import io.plumbline.fleet.core.console.chart.Mark;
import io.plumbline.fleet.core.console.chart.Plot;
import io.plumbline.fleet.core.console.chart.Plot.Text;
import io.plumbline.fleet.core.console.chart.Span;
import io.plumbline.fleet.core.history.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The charts of one cohort, all on the same axis of time. Pure. */
final class DriftCharts {

    private static final Text AGREEMENT = new Text(
            "agreement",
            "INT8 gives FP32's answer",
            "Share of the compared inputs, by what FP32 says; dashed: the least that is wanted.");
    private static final Text ACCURACY = new Text(
            "accuracy",
            "Right answers",
            "By labels, and as confidence tells without labels (CBPE), with their intervals; dashed: the least that is wanted.");
    private static final Text CLIPPING = new Text(
            "clipping",
            "Inputs outside the calibrated ranges",
            "Share of the inputs, by tensor, the worst first; dashed: the most that is allowed.");
    private static final Text PSI = new Text(
            "psi",
            "How far the inputs have moved",
            "Population stability index against the model's reference, by feature, the farthest first; dashed: the most that is allowed.");

    private DriftCharts() {}

    static List<Chart> of(List<Track> all, Span span, List<Mark> marks) {
        var tracks = span.cut(all);
        var plot = new Plot(span, marks);
        var charts = new ArrayList<Chart>();
        var agreement = only(tracks, "agreement");
        if (!agreement.isEmpty()) {
            charts.add(plot.shares(AGREEMENT, agreement, DriftCharts::subject));
        }
        var clipping = worstFirst(only(tracks, "clipping"));
        if (!clipping.isEmpty()) {
            charts.add(plot.shares(CLIPPING, clipping, DriftCharts::subject));
        }
        var psi = worstFirst(only(tracks, "psi"));
        if (!psi.isEmpty()) {
            charts.add(plot.numbers(PSI, psi, DriftCharts::subject));
        }
        var accuracy = only(tracks, "accuracy", "estimated-accuracy");
        if (!accuracy.isEmpty()) {
            charts.add(plot.shares(ACCURACY, accuracy, named()));
        }
        return charts;
    }

    private static List<Track> only(List<Track> tracks, String... measures) {
        return tracks.stream()
                .filter(track -> Arrays.asList(measures).contains(track.measure()))
                .toList();
    }

    private static List<Track> worstFirst(List<Track> tracks) {
        return tracks.stream()
                .sorted(Comparator.comparingDouble(track -> -track.newest().value()))
                .toList();
    }

    private static String subject(Track track) {
        return track.subject().equals("all") ? "all inputs" : "“" + track.subject() + "”";
    }

    private static Function<Track, String> named() {
        return track -> track.measure().equals("accuracy")
                ? "labelled, " + (track.subject().equals("all") ? "all" : subject(track))
                : "estimated, all";
    }
}
