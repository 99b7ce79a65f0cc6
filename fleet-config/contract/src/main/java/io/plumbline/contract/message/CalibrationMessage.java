package io.plumbline.contract.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.wire.Require;
import java.util.List;
import java.util.Optional;

/** Between the registry and the gateways for a recalibration. Readings never travel here. Key = model. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CalibrationMessage.Observe.class, name = "observe"),
    @JsonSubTypes.Type(value = CalibrationMessage.Observed.class, name = "observed"),
    @JsonSubTypes.Type(value = CalibrationMessage.Score.class, name = "score"),
    @JsonSubTypes.Type(value = CalibrationMessage.Scored.class, name = "scored"),
    @JsonSubTypes.Type(value = CalibrationMessage.Declined.class, name = "declined"),
    @JsonSubTypes.Type(value = CalibrationMessage.Sample.class, name = "sample"),
    @JsonSubTypes.Type(value = CalibrationMessage.Sampled.class, name = "sampled")
})
public sealed interface CalibrationMessage {

    /** Id of the recalibration this belongs to. */
    String recalibration();

    ModelName model();

    /**
     * Task: run the observed FP32 model of this build on the calibration part of the reservoir and send histograms.
     *
     * @param build a build whose manifest carries the observed FP32 model
     * @param bins number of bins of each histogram, a rule of {@link TensorHistogram#requireBins}
     * @param maxWindows at most this many of the reservoir's windows
     * @param gateways who is asked; empty for every gateway that runs the model
     */
    record Observe(
            String recalibration,
            ModelName model,
            Digest build,
            int bins,
            int maxWindows,
            Optional<List<GatewayId>> gateways)
            implements CalibrationMessage {

        public Observe {
            gateways = gateways.map(List::copyOf);
            TensorHistogram.requireBins(bins);
            Require.that(maxWindows > 0, "maxWindows " + maxWindows + " must be positive");
        }
    }

    /**
     * Answer to {@link Observe}: one histogram per observed tensor.
     *
     * @param inputs what the windows are; empty from a gateway that does not tell
     */
    record Observed(
            String recalibration,
            ModelName model,
            GatewayId gateway,
            SiteId site,
            long windows,
            List<TensorHistogram> histograms,
            Optional<CalibrationInputs> inputs)
            implements CalibrationMessage {

        public Observed {
            histograms = List.copyOf(histograms);
        }

        /** Without a word of what the windows are. */
        public Observed(
                String recalibration,
                ModelName model,
                GatewayId gateway,
                SiteId site,
                long windows,
                List<TensorHistogram> histograms) {
            this(recalibration, model, gateway, site, windows, histograms, Optional.empty());
        }
    }

    /**
     * Task: run these builds and FP32 on the holdout part of the reservoir.
     *
     * @param builds the running build first, then the candidates
     * @param gateways who is asked; empty for every gateway that runs the model
     */
    record Score(
            String recalibration,
            ModelName model,
            List<Digest> builds,
            int maxWindows,
            Optional<List<GatewayId>> gateways)
            implements CalibrationMessage {

        public Score {
            gateways = gateways.map(List::copyOf);
            builds = List.copyOf(builds);
            Require.that(maxWindows > 0, "maxWindows " + maxWindows + " must be positive");
        }
    }

    /**
     * Answer to {@link Score}.
     *
     * @param scores one per build, in the order of the task
     * @param answers one per holdout window whose reading is known by its id and whose builds gave a label; empty from gateways of
     *     older versions
     */
    record Scored(
            String recalibration,
            ModelName model,
            GatewayId gateway,
            SiteId site,
            List<CandidateScore> scores,
            Optional<List<HoldoutAnswer>> answers)
            implements CalibrationMessage {

        public Scored {
            scores = List.copyOf(scores);
            answers = answers.map(List::copyOf);
        }
    }

    /**
     * Task, also after the end: hand the registry windows of the reservoir's calibration part, over HTTP, of streams whose owner lets them be
     * given; of no other.
     *
     * @param maxWindows at most so many, and no more than the owner allows
     * @param maxBytes at most so long, likewise
     */
    record Sample(String recalibration, ModelName model, int maxWindows, long maxBytes) implements CalibrationMessage {

        public Sample {
            Require.that(maxWindows > 0, "maxWindows " + maxWindows + " must be positive");
            Require.that(maxBytes > 0, "maxBytes " + maxBytes + " must be positive");
        }
    }

    /**
     * Answer to {@link Sample}.
     *
     * @param windows that the registry has now; 0 if none were given
     * @param because why none, or which streams gave nothing; empty if there is nothing to say
     */
    record Sampled(String recalibration, ModelName model, GatewayId gateway, SiteId site, int windows, String because)
            implements CalibrationMessage {

        public Sampled {
            Require.notNegative("windows", windows);
        }
    }

    /** Answer to the tasks of a recalibration: this gateway cannot, and why. */
    record Declined(String recalibration, ModelName model, GatewayId gateway, SiteId site, String because)
            implements CalibrationMessage {}
}
