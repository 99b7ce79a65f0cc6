package io.plumbline.rollout;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.message.ClassAgreement;
import io.plumbline.contract.message.Cohort;
import io.plumbline.contract.message.Fidelity;
import io.plumbline.contract.message.LatencyHistogram;
import io.plumbline.contract.message.ModelHealth;
import io.plumbline.contract.message.TensorClipping;
import io.plumbline.contract.message.Verdict;
import io.plumbline.rollout.evidence.GatewayStanding;
import io.plumbline.rollout.evidence.Standing;
import io.plumbline.rollout.policy.DeviceLimits;
import io.plumbline.rollout.policy.QualityGate;
import io.plumbline.rollout.policy.RolloutPolicy;
import io.plumbline.rollout.policy.Schedule;
import io.plumbline.rollout.policy.WavePlan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A small fleet, and what is known of it. */
public final class Known {

    public static final ModelName MODEL = new ModelName("climate-event");
    public static final SiteId NORTH = new SiteId("north");
    public static final SiteId SOUTH = new SiteId("south");
    public static final GatewayId GW_NORTH = new GatewayId("gw-north");
    public static final GatewayId GW_SOUTH = new GatewayId("gw-south");
    public static final Digest VERSION = build("version");
    public static final Digest BASELINE = build("baseline");
    public static final Digest CANDIDATE = build("candidate");
    public static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    /** The canary first, a minute for everything. */
    public static final RolloutPolicy POLICY = new RolloutPolicy(
            Optional.of(GW_NORTH),
            WavePlan.USUAL,
            DeviceLimits.USUAL,
            QualityGate.USUAL,
            new Schedule(Duration.ofSeconds(60), List.of(), false));

    private Known() {}

    public static Digest build(String name) {
        return Digest.of(name.getBytes(StandardCharsets.UTF_8));
    }

    public static RolloutPolicy with(WavePlan waves) {
        return new RolloutPolicy(POLICY.canary(), waves, POLICY.devices(), POLICY.quality(), POLICY.schedule());
    }

    public static RolloutPolicy with(Schedule schedule) {
        return new RolloutPolicy(POLICY.canary(), POLICY.waves(), POLICY.devices(), POLICY.quality(), schedule);
    }

    public static GatewayStanding standing(GatewayId gateway, Standing standing, String because, Instant heard) {
        return new GatewayStanding(gateway, gateway.equals(GW_NORTH) ? NORTH : SOUTH, standing, because, heard);
    }

    public static ModelHealth health(Digest build, SiteId site, Fidelity fidelity, Instant to) {
        return health(build, site, fidelity, Verdict.STABLE, to);
    }

    public static ModelHealth health(Digest build, SiteId site, Fidelity fidelity, Verdict verdict, Instant to) {
        return new ModelHealth(
                new Cohort(MODEL, VERSION, build, site),
                to.minusSeconds(1800),
                to,
                1440,
                fidelity,
                List.of(),
                LatencyHistogram.EMPTY,
                verdict,
                List.of(),
                Optional.empty());
    }

    /** How often FP32 said normal and event, how often INT8 followed, and how many of the windows clip. */
    public static Fidelity fidelity(long normal, long normalAgreed, long event, long eventAgreed, long clipped) {
        var windows = normal + event;
        return new Fidelity(
                List.of(
                        new ClassAgreement("normal", normal, normalAgreed),
                        new ClassAgreement("event", event, eventAgreed)),
                1.5,
                List.of(new TensorClipping("act0", windows, clipped, windows * 32, clipped * 3)));
    }

    public static Fidelity faithful() {
        return fidelity(700, 700, 40, 39, 10);
    }

    /** What a stale calibration looks like: half of the windows clip and most events are missed. */
    public static Fidelity stale() {
        return fidelity(700, 698, 40, 11, 360);
    }
}
