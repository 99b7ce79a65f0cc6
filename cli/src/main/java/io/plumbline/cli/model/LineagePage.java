package io.plumbline.cli.model;

import io.plumbline.cli.show.Utc;
import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.Sighting;
import java.util.ArrayList;
import java.util.List;

/** Lineage for people at a terminal. Times are UTC. */
final class LineagePage {

    private static final String RAN = "%-16s  %-12s  %-16s  %-24s  %-12s  %-19s  %s";
    private static final String MADE = "%-24s  %-12s  %-12s  %-24s  %s";

    private LineagePage() {}

    static List<String> sightings(List<Sighting> all) {
        if (all.isEmpty()) {
            return List.of("nothing was heard of it");
        }
        var lines = new ArrayList<String>();
        lines.add(String.format(RAN, "GATEWAY", "SITE", "STREAM", "MODEL", "BUILD", "SINCE", "UNTIL"));
        for (var one : all) {
            lines.add(String.format(
                    RAN,
                    one.gateway(),
                    one.site(),
                    one.stream(),
                    one.model(),
                    one.build().shortHex(),
                    Utc.second(one.from()),
                    one.current() ? "runs, last noted " + Utc.second(one.until()) : Utc.second(one.until())));
        }
        return lines;
    }

    static List<String> builds(List<ModelView.Build> all) {
        if (all.isEmpty()) {
            return List.of("no build was made from it");
        }
        var lines = new ArrayList<String>();
        lines.add(String.format(MADE, "MODEL", "BUILD", "PARENT", "RECIPE", "MADE"));
        for (var one : all) {
            var card = one.card();
            lines.add(String.format(
                    MADE,
                    card.model(),
                    one.manifest().shortHex(),
                    card.parent().map(parent -> parent.shortHex()).orElse("-"),
                    card.recipe(),
                    Utc.second(card.createdAt())));
        }
        return lines;
    }
}
