package io.plumbline.cli.model;

import io.plumbline.cli.show.Utc;
import io.plumbline.cli.tool.Table;
import io.plumbline.contract.artifact.ModelSummary;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.id.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Models, versions and builds for people at a terminal. Digests are whole, to be copied. Times are UTC. */
final class ModelPage {

    private ModelPage() {}

    static List<String> models(List<ModelSummary> all) {
        if (all.isEmpty()) {
            return List.of("the registry has no models; hand it one: plumbline model push");
        }
        var table = new Table("MODEL", "VERSIONS", "BUILDS", "NEWEST", "STATE").left(3, 4);
        for (var one : all) {
            table.row(
                    one.model().value(),
                    String.valueOf(one.versions()),
                    String.valueOf(one.builds()),
                    one.tags().isEmpty() ? "-" : String.join(" ", one.tags()),
                    one.state());
        }
        return table.lines();
    }

    /** @param signed by whom a build is, in words */
    static List<String> show(ModelView view, Function<Digest, String> signed) {
        var lines = new ArrayList<String>();
        for (var version : view.versions()) {
            lines.add("version " + version.manifest()
                    + (version.tags().isEmpty() ? "" : " " + String.join(" ", version.tags())) + ": "
                    + version.state());
            lines.add("  FP32 " + version.version());
            if (!version.because().isEmpty()) {
                lines.add("  failed: " + version.because());
            }
            lines.addAll(builds(version, signed));
        }
        for (var one : view.refused()) {
            lines.add("refused " + one.reference() + " at " + Utc.second(one.at()) + ": " + one.because());
            lines.add("  " + one.manifest());
        }
        return lines;
    }

    static List<String> builds(ModelView.Version version, Function<Digest, String> signed) {
        var lines = new ArrayList<String>();
        for (var build : version.builds()) {
            var card = build.card();
            lines.add("  build " + build.manifest() + ": " + card.recipe() + ", " + size(card.sizeBytes()) + ", made "
                    + Utc.second(card.createdAt()) + " by " + card.tool()
                    + card.environment().map(on -> " on " + on).orElse(""));
            card.calibration().ifPresent(digest -> lines.add("    calibrated on " + digest));
            card.parent().ifPresent(digest -> lines.add("    recalibrated from " + digest));
            build.search().ifPresent(search -> lines.add("    found by auto: " + search.because()));
            var words = signed.apply(build.manifest());
            if (!words.isEmpty()) {
                lines.add("    " + words);
            }
        }
        return lines;
    }

    private static String size(long bytes) {
        return bytes < 100_000 ? bytes + " B" : String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
    }
}
