package io.plumbline.contract;

import java.util.List;

/** Every Kafka topic of the product. The number at the end is the wire version: a breaking change takes a new topic. */
public final class Topics {

    /** {@link io.plumbline.contract.message.InferenceResult}, Protocol Buffers, key = device. */
    public static final String RESULTS = "plumbline.results.v1";
    /** {@link io.plumbline.contract.message.StatsDelta}, Protocol Buffers, key = model|site. */
    public static final String MODEL_STATS = "plumbline.model-stats.v1";
    /** {@link io.plumbline.contract.message.Label}, JSON, key = device. */
    public static final String LABELS = "plumbline.labels.v1";
    /** {@link io.plumbline.contract.message.ModelHealth}, JSON, key = model|build|site, compacted. */
    public static final String MODEL_HEALTH = "plumbline.model-health.v1";
    /** {@link io.plumbline.contract.message.VerdictEvent}, JSON, key = model|build|site. */
    public static final String VERDICTS = "plumbline.verdicts.v1";
    /** {@link io.plumbline.contract.message.RecalibrationEvent}, JSON, key = model. */
    public static final String RECALIBRATIONS = "plumbline.recalibrations.v1";
    /** {@link io.plumbline.contract.message.CalibrationMessage}, JSON, key = model. */
    public static final String CALIBRATION = "plumbline.calibration.v1";
    /** {@link io.plumbline.contract.message.RolloutEvent}, JSON, key = model. */
    public static final String ROLLOUTS = "plumbline.rollouts.v1";
    /** {@link io.plumbline.contract.fleet.Assignment}, JSON, key = gateway, compacted: the newest of each. */
    public static final String ASSIGNMENTS = "plumbline.assignments.v1";
    /** {@link io.plumbline.contract.message.ModelPolicy}, JSON, key = model, compacted; a model that is not there is judged by the processor's own. */
    public static final String POLICIES = "plumbline.policies.v1";
    /** {@link io.plumbline.contract.message.Alert}, JSON, key = id of the alert, compacted. */
    public static final String ALERTS = "plumbline.alerts.v1";
    /** {@link io.plumbline.contract.message.GatewayEvent}, JSON, key = gateway. */
    public static final String GATEWAY_EVENTS = "plumbline.gateway-events.v1";
    /** The refused payload as it came, reason in the headers of {@link io.plumbline.contract.message.DeadLetter}. */
    public static final String DEAD_LETTERS = "plumbline.dead-letters.v1";

    private static final int WIDE = 4;

    private Topics() {}

    /** How a topic must be created. Results and labels are joined, so they have the same number of partitions. */
    public record Spec(String name, int partitions, boolean compacted) {}

    /** Every topic, in the order of the flow. */
    public static List<Spec> all() {
        return List.of(
                new Spec(RESULTS, WIDE, false),
                new Spec(MODEL_STATS, WIDE, false),
                new Spec(LABELS, WIDE, false),
                new Spec(MODEL_HEALTH, 1, true),
                new Spec(VERDICTS, 1, false),
                new Spec(RECALIBRATIONS, 1, false),
                new Spec(CALIBRATION, 1, false),
                new Spec(ROLLOUTS, 1, false),
                new Spec(ASSIGNMENTS, 1, true),
                new Spec(POLICIES, 1, true),
                new Spec(ALERTS, 1, true),
                new Spec(GATEWAY_EVENTS, 1, false),
                new Spec(DEAD_LETTERS, 1, false));
    }
}
