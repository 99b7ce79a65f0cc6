package io.plumbline.contract.message;

import io.plumbline.contract.wire.Counts;
import io.plumbline.contract.wire.FieldReader;
import io.plumbline.contract.wire.FieldWriter;
import io.plumbline.contract.wire.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway saw of one build on one stream in one window of event time since its last delta for it. All parts add
 * up, in any order, over deltas, gateways and windows.
 *
 * @param readings accepted readings, predicted or not
 * @param predictions one entry per label INT8 gave: readings, or what a detector found
 * @param features one entry per input feature of the model card; of frames their brightness, contrast, sharpness and
 *     saturation; of a detector then {@code detections}, how many it found in each frame, and {@code score}, of each
 * @param faults of sensors, also of readings that were refused
 * @param confidence one entry per label that INT8 gave
 */
public record StatsDelta(
        StatsKey key,
        long readings,
        List<LabelCount> predictions,
        Fidelity fidelity,
        List<FeatureSketch> features,
        LatencyHistogram latency,
        SensorFaults faults,
        List<ConfidenceSketch> confidence) {

    public StatsDelta {
        Require.notNegative("readings", readings);
        predictions = List.copyOf(predictions);
        features = List.copyOf(features);
        confidence = List.copyOf(confidence);
    }

    /** Without a fault of a sensor, and without confidence. */
    public StatsDelta(
            StatsKey key,
            long readings,
            List<LabelCount> predictions,
            Fidelity fidelity,
            List<FeatureSketch> features,
            LatencyHistogram latency) {
        this(key, readings, predictions, fidelity, features, latency, SensorFaults.NONE, List.of());
    }

    /** The key of {@link io.plumbline.contract.Topics#MODEL_STATS}. */
    public String partitionKey() {
        return key.model() + "|" + key.site();
    }

    /** Protocol Buffers message {@code plumbline.v1.StatsDelta}. */
    public byte[] toBytes() {
        var out = new FieldWriter();
        out.message(1, key, StatsKey::write);
        out.count(2, readings);
        out.messages(3, predictions, LabelCount::write);
        out.message(4, fidelity, Fidelity::write);
        out.messages(5, features, FeatureSketch::write);
        out.counts(6, latency.bins());
        if (!faults.equals(SensorFaults.NONE)) {
            out.message(7, faults, SensorFaults::write);
        }
        out.messages(8, confidence, ConfidenceSketch::write);
        return out.toBytes();
    }

    /** @throws io.plumbline.contract.wire.MalformedMessageException if the bytes are not such a message */
    public static StatsDelta from(byte[] bytes) {
        var in = new FieldReader("StatsDelta", bytes);
        var fields = new Fields();
        while (in.next()) {
            Require.wellFormed("StatsDelta", () -> fields.read(in));
        }
        return Require.wellFormed("StatsDelta", fields::build);
    }

    private static final class Fields {
        private Optional<StatsKey> key = Optional.empty();
        private long readings;
        private final List<LabelCount> predictions = new ArrayList<>();
        private Fidelity fidelity = Fidelity.NONE;
        private final List<FeatureSketch> features = new ArrayList<>();
        private Counts latency = Counts.zeros(LatencyHistogram.BINS);
        private SensorFaults faults = SensorFaults.NONE;
        private final List<ConfidenceSketch> confidence = new ArrayList<>();

        private boolean read(FieldReader in) {
            switch (in.field()) {
                case 1 -> key = Optional.of(in.message("StatsKey", StatsKey::read));
                case 2 -> readings = in.count();
                case 3 -> predictions.add(in.message("LabelCount", LabelCount::read));
                case 4 -> fidelity = in.message("Fidelity", Fidelity::read);
                case 5 -> features.add(in.message("FeatureSketch", FeatureSketch::read));
                case 6 -> latency = in.counts();
                case 7 -> faults = in.message("SensorFaults", SensorFaults::read);
                case 8 -> confidence.add(in.message("ConfidenceSketch", ConfidenceSketch::read));
                default -> in.skip();
            }
            return true;
        }

        private StatsDelta build() {
            var present = key.orElseThrow(() -> new IllegalArgumentException("key is missing"));
            return new StatsDelta(
                    present,
                    readings,
                    predictions,
                    fidelity,
                    features,
                    new LatencyHistogram(latency),
                    faults,
                    confidence);
        }
    }
}
