package io.plumbline.contract;

import io.plumbline.contract.fleet.Assignment;
import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.fleet.Neighbours;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.EventId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.Alert;
import io.plumbline.contract.message.AlertChange;
import io.plumbline.contract.message.AlertKind;
import io.plumbline.contract.message.AlertSeverity;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.CalibrationMessage;
import io.plumbline.contract.message.CandidateScore;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.ConfidenceSketch;
import io.plumbline.contract.message.Correction;
import io.plumbline.contract.message.Evidence;
import io.plumbline.contract.message.FeatureSketch;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.Frame;
import io.plumbline.contract.message.GatewayCounters;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.contract.message.HoldoutAnswer;
import io.plumbline.contract.message.InferenceResult;
import io.plumbline.contract.message.InputHistogram;
import io.plumbline.contract.message.Label;
import io.plumbline.contract.message.LabelCount;
import io.plumbline.contract.message.LabelScore;
import io.plumbline.contract.message.LabelledAccuracy;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.ModelPolicy;
import io.plumbline.contract.message.PairedDeltas;
import io.plumbline.contract.message.Prediction;
import io.plumbline.contract.message.PromisedAccuracy;
import io.plumbline.contract.message.RehearsalScore;
import io.plumbline.contract.message.RolloutEvent;
import io.plumbline.contract.message.RolloutStage;
import io.plumbline.contract.message.SensorFault;
import io.plumbline.contract.message.SensorFaults;
import io.plumbline.contract.message.StatsDelta;
import io.plumbline.contract.message.StatsKey;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.contract.message.VerdictEvent;
import io.plumbline.contract.wire.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One fixed message of each kind. */
public final class Samples {

    public static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    public static final ModelName MODEL = new ModelName("climate-event");
    public static final SiteId SITE = new SiteId("north");
    public static final GatewayId GATEWAY = new GatewayId("gw-north");
    public static final StreamId STREAM = new StreamId("climate");
    public static final DeviceId DEVICE = new DeviceId("north-4");
    public static final Digest VERSION = Digest.of(new byte[] {1});
    public static final Digest BUILD = Digest.of(new byte[] {2});
    public static final Digest CANDIDATE = Digest.of(new byte[] {3});
    public static final Cohort COHORT = new Cohort(MODEL, VERSION, BUILD, SITE);

    private Samples() {}

    public static InferenceResult result() {
        return result(Optional.of(new Prediction("event", 0.875)));
    }

    public static InferenceResult result(Optional<Prediction> prediction) {
        var event = EventId.ofSequence(DEVICE, STREAM, AT, 2345);
        return new InferenceResult(
                event, DEVICE, SITE, GATEWAY, STREAM, MODEL, VERSION, BUILD, AT, prediction, 41_000, Optional.empty());
    }

    public static InferenceResult frameResult() {
        var found = new Frame.Found("person", 0.75, new Frame.Box(0.25, 0.5, 0.375, 1));
        return new InferenceResult(
                EventId.ofSequence(DEVICE, STREAM, AT, 0),
                DEVICE,
                SITE,
                GATEWAY,
                STREAM,
                MODEL,
                VERSION,
                BUILD,
                AT,
                Optional.empty(),
                9_000_000,
                Optional.of(new Frame(640, 480, 41_234, 2, false, List.of(found))));
    }

    public static Fidelity fidelity() {
        return new Fidelity(
                List.of(new ClassAgreement("normal", 118, 117), new ClassAgreement("event", 2, 1)),
                1.25,
                List.of(new TensorClipping("act0", 120, 55, 3840, 612), new TensorClipping("act1", 120, 0, 15360, 0)));
    }

    public static LatencyHistogram latency() {
        var bins = new long[LatencyHistogram.BINS];
        bins[LatencyHistogram.binOf(41_000)] = 240;
        return new LatencyHistogram(new Counts(bins));
    }

    public static StatsDelta stats() {
        return new StatsDelta(
                new StatsKey(GATEWAY, SITE, STREAM, MODEL, VERSION, BUILD, AT, Duration.ofMinutes(5), 7),
                240,
                List.of(new LabelCount("normal", 235), new LabelCount("event", 5)),
                fidelity(),
                List.of(new FeatureSketch("humidity", new Counts(1, 0, 239), 0, 12_000.5, 601_250.25)),
                latency());
    }

    public static StatsDelta faultyStats() {
        var quiet = stats();
        return new StatsDelta(
                quiet.key(),
                quiet.readings(),
                quiet.predictions(),
                quiet.fidelity(),
                quiet.features(),
                quiet.latency(),
                new SensorFaults(
                        List.of(
                                new SensorFault(Optional.of(DEVICE), "humidity", SensorFault.Kind.STUCK, 31),
                                new SensorFault(Optional.of(DEVICE), "", SensorFault.Kind.SILENT, 1),
                                new SensorFault(Optional.empty(), "humidity", SensorFault.Kind.OUT_OF_RANGE, 5)),
                        2),
                List.of());
    }

    public static StatsDelta confidentStats() {
        var silent = stats();
        var bins = new long[ConfidenceSketch.BINS];
        bins[ConfidenceSketch.binOf(0.9375)] = 3;
        bins[ConfidenceSketch.binOf(1)] = 2;
        return new StatsDelta(
                silent.key(),
                silent.readings(),
                silent.predictions(),
                silent.fidelity(),
                silent.features(),
                silent.latency(),
                SensorFaults.NONE,
                List.of(new ConfidenceSketch("event", new Counts(bins), 4.8125, 0.17578125)));
    }

    private static StreamAssignment stream(
            Optional<Neighbours> neighbours, Optional<Frames> frames, Optional<PayloadLayout> payload) {
        return new StreamAssignment(
                STREAM,
                "sites/{site}/motes/{device}/climate",
                List.of(DEVICE),
                MODEL,
                BUILD,
                0.5,
                Duration.ofMinutes(5),
                neighbours,
                frames,
                payload,
                Optional.empty(),
                Optional.empty());
    }

    private static StreamAssignment subscribed(
            Optional<Subscription> subscription, Optional<List<CameraSource>> sources) {
        var usual = stream(Optional.empty(), Optional.empty(), Optional.empty());
        return new StreamAssignment(
                usual.stream(),
                usual.topic(),
                usual.devices(),
                usual.model(),
                usual.build(),
                usual.shadowShare(),
                usual.statsWindow(),
                usual.neighbours(),
                usual.frames(),
                usual.payload(),
                subscription,
                sources);
    }

    private static Assignment assignment(StreamAssignment stream) {
        return new Assignment(GATEWAY, SITE, 7, List.of(stream));
    }

    private static Alert alert(Evidence clipping) {
        var subject = Alert.Subject.of(MODEL, BUILD, SITE);
        return new Alert(
                Alert.idOf(AlertKind.CALIBRATION_STALE, subject),
                5,
                2,
                AlertKind.CALIBRATION_STALE,
                AlertSeverity.WARNING,
                AlertChange.RESOLVED,
                subject,
                "46 % of windows leave the calibrated range of act0",
                new Alert.Proof(
                        List.of(clipping),
                        Optional.of("b5bb9d8014a0f9b1"),
                        Optional.of(new VerdictEvent.Horizon(AT.minusSeconds(1800), AT, 1440, 720, 0)),
                        Optional.of("plumbline explain b5bb9d8014a0f9b1"),
                        Optional.of("https://plumbline.example/#alerts")),
                3,
                AT,
                AT.plusSeconds(60),
                Optional.of(new Alert.Acknowledgement("ada", AT.plusSeconds(30), "looking")),
                Optional.of("s-1"),
                Optional.of(new Alert.Resolution(AT.plusSeconds(90), "the verdict is STABLE")));
    }

    private static CandidateScore score(
            Optional<PairedDeltas> paired, Optional<PromisedAccuracy> promised, Optional<Long> modelBytes) {
        return new CandidateScore(
                CANDIDATE, "static-minmax", 120, fidelity(), latency(), paired, promised, modelBytes, Optional.empty());
    }

    private static CalibrationMessage.Scored scored(CandidateScore score, Optional<List<HoldoutAnswer>> answers) {
        return new CalibrationMessage.Scored("r-1", MODEL, GATEWAY, SITE, List.of(score), answers);
    }

    private static RolloutEvent rollout(Evidence clipping) {
        return new RolloutEvent(
                "ro-1",
                3,
                MODEL,
                BUILD,
                CANDIDATE,
                RolloutStage.CANARY,
                List.of(GATEWAY),
                "gw-north runs the candidate",
                List.of(clipping),
                AT);
    }

    /** Every JSON message by the name of its golden file. */
    public static Map<String, Object> control() {
        Map<String, Object> all = new LinkedHashMap<>();
        var clipping = new Evidence("clipping", "act0", 0.458, 0.371, 0.547, 0.1, 120, true);
        var score = score(Optional.empty(), Optional.empty(), Optional.empty());
        all.put(
                "assignment-grants",
                assignment(stream(Optional.empty(), Optional.empty(), Optional.empty())
                        .withSamples(new SampleGrant(64, 1_000_000))
                        .withGlimpses(new GlimpseGrant(Duration.ofSeconds(5), 480))));
        all.put("assignment", assignment(stream(Optional.empty(), Optional.empty(), Optional.empty())));
        var neighbours = new Neighbours(List.of(new DeviceId("north-2")), true);
        all.put("assignment-beside", assignment(stream(Optional.of(neighbours), Optional.empty(), Optional.empty())));
        all.put(
                "assignment-frames",
                assignment(stream(Optional.empty(), Optional.of(Frames.LATEST), Optional.empty())));
        var layout = new PayloadLayout(
                PayloadLayout.Codec.CBOR,
                List.of(new PayloadLayout.Field("humidity", "/data/rh", 0.1, -1)),
                Optional.of(new PayloadLayout.Time("/ts", PayloadLayout.Unit.SECONDS)),
                Optional.of("/n"));
        all.put("assignment-payload", assignment(stream(Optional.empty(), Optional.empty(), Optional.of(layout))));
        var shared = new Subscription(0, Optional.of("gateways"));
        all.put("assignment-subscription", assignment(subscribed(Optional.of(shared), Optional.empty())));
        var folder = new CameraSource(DEVICE, Optional.of("/var/spool/cam"), Optional.empty(), true);
        var live = new CameraSource(
                new DeviceId("north-2"), Optional.empty(), Optional.of("http://127.0.0.1:8080/stream"), false);
        all.put("assignment-sources", assignment(subscribed(Optional.empty(), Optional.of(List.of(folder, live)))));
        var windowing = new Windowing(4, Optional.of(Duration.ofSeconds(30)));
        all.put(
                "assignment-windowing",
                assignment(subscribed(Optional.empty(), Optional.empty()).withWindowing(windowing)));
        var rehearsal = new Rehearsal(200, 0.97, Duration.ofMinutes(10));
        all.put(
                "assignment-rehearsal",
                assignment(subscribed(Optional.empty(), Optional.empty()).withRehearsal(rehearsal)));
        all.put("label", new Label(EventId.ofSequence(DEVICE, STREAM, AT, 2345), DEVICE, AT, "event"));
        all.put(
                "model-health",
                new ModelHealth(
                        COHORT,
                        AT.minus(Duration.ofMinutes(30)),
                        AT,
                        1440,
                        fidelity(),
                        List.of(new LabelScore("event", 32, 31, 50)),
                        latency(),
                        Verdict.CALIBRATION_STALE,
                        List.of(clipping),
                        Optional.empty()));
        var corrected = List.of(new Correction(
                AT.minus(Duration.ofHours(2)), AT.minusSeconds(300), Verdict.STABLE, Verdict.CALIBRATION_STALE));
        var health = new ModelHealth(
                COHORT,
                AT.minus(Duration.ofMinutes(30)),
                AT,
                1440,
                Fidelity.NONE,
                List.of(),
                latency(),
                Verdict.STABLE,
                List.of(),
                Optional.of(corrected));
        all.put("model-health-corrected", health);
        var humidity = new InputHistogram(
                "humidity", List.of(20.5, 40.0, 61.0), new Counts(100, 400, 400, 100), new Counts(0, 20, 80, 400), 3);
        all.put("model-health-total", health.ofTotal(fidelity()));
        all.put("model-health-inputs", health.with(Optional.of(List.of(humidity))));
        all.put(
                "verdict-corrected",
                VerdictEvent.of(COHORT, AT, Verdict.STABLE, Verdict.INSUFFICIENT, "it follows", List.of(clipping))
                        .correcting(corrected));
        all.put(
                "verdict",
                VerdictEvent.of(
                        COHORT,
                        AT,
                        Verdict.CALIBRATION_STALE,
                        Verdict.INSUFFICIENT,
                        "46 % of windows leave the calibrated range of act0",
                        List.of(clipping)));
        var stuck =
                new Evidence("stuck", "humidity", 240, 240, 240, 20, 1440, true, Optional.of(new DeviceId("north-1")));
        all.put(
                "verdict-sensor-fault",
                VerdictEvent.of(
                                COHORT,
                                AT,
                                Verdict.SENSOR_FAULT,
                                Verdict.STABLE,
                                "humidity of device 'north-1' is stuck on 240 readings",
                                List.of(stuck))
                        .resting(
                                new VerdictEvent.Horizon(AT.minusSeconds(1800), AT, 1440, 720, 0),
                                List.of(
                                        new VerdictEvent.Carrier(VerdictEvent.Carrier.Part.DEVICE, "north-1"),
                                        new VerdictEvent.Carrier(VerdictEvent.Carrier.Part.FEATURE, "humidity"))));
        all.put(
                "verdict-basis",
                VerdictEvent.of(
                                COHORT,
                                AT,
                                Verdict.STABLE,
                                Verdict.INSUFFICIENT,
                                "INT8 follows FP32 and inputs are where the reference has them",
                                List.of(clipping))
                        .judgedBy(new VerdictEvent.Basis(
                                Map.of("horizon", "PT30M", "clip-floor", "0.25"),
                                true,
                                List.of(new LabelScore("event", 45, 40, 41)),
                                Optional.of(new VerdictEvent.Basis.Scores(
                                        new Counts(0, 5, 40), new Counts(0, 3, 37), Optional.of(3.5))))));
        RecalibrationSamples.add(all, score);
        ObservationSamples.add(all);
        all.put("calibration-sample", new CalibrationMessage.Sample("r-1", MODEL, 64, 1_000_000));
        all.put(
                "calibration-sampled",
                new CalibrationMessage.Sampled("r-1", MODEL, GATEWAY, SITE, 0, "stream 'climate' gives no samples"));
        var builds = List.of(BUILD, CANDIDATE);
        all.put("calibration-score", new CalibrationMessage.Score("r-1", MODEL, builds, 512, Optional.empty()));
        all.put(
                "calibration-score-some",
                new CalibrationMessage.Score("r-1", MODEL, builds, 512, Optional.of(List.of(GATEWAY))));
        all.put("calibration-scored", scored(score, Optional.empty()));
        var paired = Optional.of(new PairedDeltas(0.25, 1.5, 0.5, 0.125));
        var beside = score(paired, Optional.empty(), Optional.empty());
        all.put("calibration-scored-paired", scored(beside, Optional.empty()));
        var promised = Optional.of(new PromisedAccuracy(120, 108.5, 90.25, 109, 12.5));
        var whole = score(paired, promised, Optional.of(48_213L));
        all.put("calibration-scored-promised", scored(whole, Optional.empty()));
        var said = new HoldoutAnswer(EventId.ofSequence(DEVICE, STREAM, AT, 7), "event", List.of("normal"));
        all.put("calibration-scored-answers", scored(whole, Optional.of(List.of(said))));
        all.put(
                "calibration-scored-labelled",
                scored(whole.withLabelled(new LabelledAccuracy(40, 30, 5, 1, 36)), Optional.empty()));
        all.put(
                "calibration-declined",
                new CalibrationMessage.Declined(
                        "r-1", MODEL, GATEWAY, SITE, "the reservoir holds 3 windows, 64 needed"));
        all.put("rollout", rollout(clipping));
        all.put(
                "rollout-progress",
                rollout(clipping)
                        .with(new RolloutEvent.Progress(
                                "SOAKING",
                                1,
                                5,
                                Map.of("ACTIVE", 1L),
                                Map.of("minCoverage", "0.9"),
                                "rollout/1",
                                BUILD)));
        all.put("policy", new ModelPolicy(MODEL, Map.of("horizon", "PT24H", "clip-floor", "0.2")));
        all.put("alert", alert(clipping));
        all.put("gateway-started", new GatewayEvent.Started(GATEWAY, SITE, AT));
        all.put(
                "gateway-heartbeat",
                new GatewayEvent.Heartbeat(
                        GATEWAY,
                        SITE,
                        AT,
                        4,
                        List.of(new GatewayEvent.RunningStream(STREAM, MODEL, BUILD)),
                        new GatewayCounters(1000, 990, 6, 4, 12)));
        all.put(
                "gateway-heartbeat-dropped",
                new GatewayEvent.Heartbeat(
                        GATEWAY,
                        SITE,
                        AT,
                        4,
                        List.of(),
                        new GatewayCounters(1000, 900, 6, 4, 12, Optional.of(90L), Optional.of(31L))));
        all.put(
                "gateway-heartbeat-memory",
                new GatewayEvent.Heartbeat(
                        GATEWAY,
                        SITE,
                        AT,
                        4,
                        List.of(new GatewayEvent.RunningStream(STREAM, MODEL, BUILD)),
                        new GatewayCounters(1000, 990, 6, 4, 12),
                        Optional.of(312_000_512L)));
        all.put(
                "gateway-heartbeat-underway",
                new GatewayEvent.Heartbeat(
                        GATEWAY,
                        SITE,
                        AT,
                        4,
                        List.of(new GatewayEvent.RunningStream(STREAM, MODEL, BUILD)),
                        new GatewayCounters(1000, 990, 6, 4, 12),
                        Optional.of(312_000_512L),
                        Optional.of(List.of(new GatewayEvent.Underway(MODEL, CANDIDATE, BuildStep.SHADOW)))));
        all.put(
                "gateway-build-activated",
                new GatewayEvent.BuildActivated(GATEWAY, SITE, AT, STREAM, MODEL, CANDIDATE, 5, Optional.empty()));
        all.put(
                "gateway-build-rehearsed",
                new GatewayEvent.BuildActivated(
                        GATEWAY,
                        SITE,
                        AT,
                        STREAM,
                        MODEL,
                        CANDIDATE,
                        5,
                        Optional.of(new RehearsalScore(200, 181, 198))));
        all.put(
                "gateway-build-refused",
                new GatewayEvent.BuildRefused(
                        GATEWAY, SITE, AT, STREAM, MODEL, CANDIDATE, 5, "the manifest is not signed by a trusted key"));
        all.put("gateway-outbox-lost", new GatewayEvent.OutboxLost(GATEWAY, SITE, AT, 4_000, 17_000, 12_800, 130, 70));
        return all;
    }
}
