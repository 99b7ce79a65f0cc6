package io.plumbline.contract.artifact;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.wire.Require;
import java.util.List;
import java.util.Optional;

/**
 * How good a build is, as far as that was known when it was made; a layer of its manifest. Nothing in it is timed, so that the
 * same build made again is the same to the last byte.
 *
 * @param samples of the model's owner on which FP32 and the build were both run; 0 where the version has none
 * @param outputs how near each is to FP32's on these samples
 * @param exactOn processors whose integer sums do not overflow with this build: {@code x64-vnni}, {@code x64}, {@code arm64}; on
 *     others answers may leave FP32, which a gateway's self-test finds
 * @param calibration what the ranges were taken from; empty where the recipe needs none
 * @param layers how near the output of each layer is to FP32's; empty in reports of older registries
 */
public record QualityReport(
        long samples,
        List<Output> outputs,
        List<String> exactOn,
        Optional<CalibrationSet> calibration,
        Optional<LayerSet> layers) {

    /** How many layers a report names at most. */
    public static final int MOST_LAYERS = 64;

    /** Of a build whose layers were not looked at. */
    public QualityReport(
            long samples, List<Output> outputs, List<String> exactOn, Optional<CalibrationSet> calibration) {
        this(samples, outputs, exactOn, calibration, Optional.empty());
    }

    public QualityReport {
        Require.notNegative("samples", samples);
        outputs = List.copyOf(outputs);
        exactOn = List.copyOf(exactOn);
    }

    /**
     * One output beside FP32's, over all samples.
     *
     * @param agreement share of rows whose largest element is the same; empty where rows have fewer than two elements
     * @param cosineMin smallest cosine of any sample
     * @param sqnrDb signal to quantization noise in dB; empty where nothing differs
     * @param largestDifference of any element
     */
    public record Output(
            String name,
            Optional<Double> agreement,
            double cosineMean,
            double cosineMin,
            Optional<Double> sqnrDb,
            double largestDifference) {}

    /**
     * What a build was calibrated on.
     *
     * @param windows inputs of the model, of all contributions together
     * @param contributions by gateway; empty where the samples came with the version
     * @param outside of each calibrated tensor, which share of the values that it was calibrated on its range leaves out
     * @param coverage how much it has of what the sites were seeing when it was asked for, the worst feature first; empty where nobody can
     *     tell, as of the owner's samples
     * @param answers how often FP32 gave each class on it, the most frequent first; likewise
     */
    public record CalibrationSet(
            long windows,
            List<Contribution> contributions,
            List<Outside> outside,
            Optional<List<Coverage>> coverage,
            Optional<List<LabelCount>> answers) {

        public CalibrationSet {
            contributions = List.copyOf(contributions);
            outside = List.copyOf(outside);
            coverage = coverage.map(List::copyOf);
            answers = answers.map(List::copyOf);
        }

        /** Without a word of what the windows are. */
        public CalibrationSet(long windows, List<Contribution> contributions, List<Outside> outside) {
            this(windows, contributions, outside, Optional.empty(), Optional.empty());
        }
    }

    /**
     * How much of what sites read of one feature is in what a build was calibrated on, in the bins of the reference profile.
     *
     * @param feature name from the model card
     * @param windows values of the calibration set
     * @param readings that the sites had in the horizon of their health
     * @param overlap &Sigma; min(p, q) over the bins, p and q the shares of the one and the other: 1 less their total variation distance, in
     *     [0, 1]
     * @param unseen share of the readings in bins that the calibration set has nothing in, in [0, 1]
     */
    public record Coverage(String feature, long windows, long readings, double overlap, double unseen) {

        public Coverage {
            Require.notEmpty("feature", feature);
            Require.ratio("overlap of " + feature, overlap);
            Require.ratio("unseen of " + feature, unseen);
        }
    }

    /** @param windows that a gateway ran FP32 on */
    public record Contribution(GatewayId gateway, SiteId site, long windows) {}

    /**
     * @param tensor name of the activation
     * @param share in [0, 1], to the resolution of the histogram
     */
    public record Outside(String tensor, double share) {

        public Outside {
            Require.ratio("share of " + tensor, share);
        }
    }

    /**
     * Layers beside FP32's, on some of the owner's samples.
     *
     * @param samples that both were run on
     * @param compared layers that were
     * @param worst of these, the noisiest first, {@value #MOST_LAYERS} at most
     * @param because why none was compared, in a sentence; empty where one was
     */
    public record LayerSet(long samples, int compared, List<Layer> worst, String because) {

        public LayerSet {
            worst = List.copyOf(worst);
        }
    }

    /**
     * A product of the graph that the build quantizes, by what comes out of it; behind the Relu or Clip that quantization takes it
     * together with.
     *
     * @param node its name in the FP32 model
     * @param operator of ONNX
     * @param sqnrDb signal to quantization noise, 10 log10(&Sigma;x&sup2; / &Sigma;(x - x')&sup2;) over all elements and samples, x by FP32 and
     *     x' by the build, from -100; empty where nothing differs
     */
    public record Layer(String node, String operator, Optional<Double> sqnrDb) {

        public Layer {
            Require.notEmpty("node", node);
        }
    }
}
