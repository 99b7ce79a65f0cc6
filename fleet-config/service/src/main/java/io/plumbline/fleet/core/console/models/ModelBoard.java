package io.plumbline.fleet.core.console.models;

import io.plumbline.contract.artifact.ModelView;
import io.plumbline.contract.artifact.QualityReport;
import io.plumbline.contract.artifact.SearchReport;
import io.plumbline.contract.artifact.Sighting;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The page about models.
 *
 * @param models of the fleet, the worst first
 * @param chosen the one that is shown in full; empty if there is none
 */
public record ModelBoard(List<Line> models, Optional<Detail> chosen) {

    public ModelBoard {
        models = List.copyOf(models);
    }

    /**
     * A model in one line.
     *
     * @param worst of its builds on all sites; empty if nothing was heard
     */
    public record Line(ModelName model, Digest settled, Optional<Verdict> worst, int gateways, boolean chosen) {}

    /**
     * One model in full.
     *
     * @param problem why something of the registry is missing; empty if nothing is
     * @param lineage which build came from what
     * @param shown the build whose quality is shown
     * @param layers of its layers
     * @param tensors by how much the inputs leave the calibrated range of each tensor, now
     * @param moreRuns how many more places there are than are listed
     * @param outside share of the calibration's own values that the ranges leave out, by tensor
     */
    public record Detail(
            ModelName model,
            String problem,
            List<VersionLine> versions,
            Lineage lineage,
            List<ModelView.Refusal> refused,
            Optional<Scatter> trials,
            Optional<SearchReport> search,
            Digest shown,
            Optional<QualityReport> quality,
            LayerChart layers,
            List<Bar> tensors,
            List<Bar> outside,
            List<Place> runs,
            int moreRuns,
            List<Sighting> ran) {

        public Detail {
            versions = List.copyOf(versions);
            refused = List.copyOf(refused);
            tensors = List.copyOf(tensors);
            outside = List.copyOf(outside);
            runs = List.copyOf(runs);
            ran = List.copyOf(ran);
        }

        public boolean isMissing() {
            return !problem.isEmpty();
        }
    }

    /** Gateways of a site that run a build. */
    public record Place(Digest build, SiteId site, List<GatewayId> gateways, int more) {

        public Place {
            gateways = List.copyOf(gateways);
        }
    }
}
