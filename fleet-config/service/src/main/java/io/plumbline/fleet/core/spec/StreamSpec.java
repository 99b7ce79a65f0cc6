package io.plumbline.fleet.core.spec;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.GlimpseGrant;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.Rehearsal;
import io.plumbline.contract.fleet.SampleGrant;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A stream of readings or frames, and the gateways that run it.
 *
 * @param shadowShare share of inputs, in [0, 1], on which FP32 runs beside INT8
 * @param statsWindow length of a statistics window in event time, whole minutes from one to a day
 * @param frames which camera frames are answered; empty for every one
 * @param payload layout of the readings; empty for JSON in its usual form
 * @param subscription how gateways subscribe to the topic; empty for the usual way
 * @param sources what gateways fetch camera frames from, beside MQTT; a device at most once
 * @param windowing how readings become windows; empty for the usual way
 * @param rehearsal what a new build has to do on a gateway before it takes over from the one that runs; empty for nothing
 * @param samples how much of its readings gateways may give to the registry; empty for nothing
 * @param glimpses how often gateways may show operators a frame of each camera; empty for never
 * @param gateways those that run it
 */
public record StreamSpec(
        TopicTemplate topic,
        ModelName model,
        double shadowShare,
        Duration statsWindow,
        Optional<Frames> frames,
        Optional<PayloadLayout> payload,
        Optional<Subscription> subscription,
        List<CameraSource> sources,
        Optional<Windowing> windowing,
        Optional<Rehearsal> rehearsal,
        Optional<SampleGrant> samples,
        Optional<GlimpseGrant> glimpses,
        Selector gateways) {

    public StreamSpec {
        sources = List.copyOf(sources);
        Require.ratio("shadowShare", shadowShare);
        Require.that(
                statsWindow.equals(Duration.ofMinutes(statsWindow.toMinutes()))
                        && statsWindow.toMinutes() >= 1
                        && statsWindow.compareTo(Duration.ofDays(1)) <= 0,
                "statsWindow " + statsWindow + " must be whole minutes, from PT1M to P1D");
        Require.that(
                sources.isEmpty() || topic.names().stream().noneMatch("{edge}"::equals),
                "sources need a topic without {edge}, which would not say how their frames are named");
    }
}
