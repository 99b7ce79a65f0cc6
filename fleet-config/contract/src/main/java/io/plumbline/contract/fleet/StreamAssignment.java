package io.plumbline.contract.fleet;

import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.wire.Require;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One stream a gateway is to run. How a reading becomes a tensor is in the model card that comes with the build.
 *
 * @param topic MQTT topic filter with the named parts {@code {site}} and {@code {device}}, each a whole level
 * @param devices the devices that this gateway answers; others go to the dead letters, but for those of the neighbours
 * @param build digest of the manifest of the build to run
 * @param shadowShare share of inputs, in [0, 1], on which FP32 runs beside INT8
 * @param statsWindow length of a statistics window in event time
 * @param neighbours what other gateways of the site take; empty for the only gateway of a site
 * @param frames which camera frames are answered; empty for every one, and without meaning for sensors
 * @param payload layout of the readings; empty for {@link PayloadLayout#JSON}, and without meaning for cameras
 * @param subscription how the topic is subscribed to; empty for {@link Subscription#USUAL}
 * @param sources what this gateway itself fetches the frames of its cameras from, each camera once; empty for nothing
 * @param windowing how readings become windows; empty for {@link Windowing#USUAL}, and without meaning for cameras
 * @param rehearsal what a new build has to do before it takes over from the one that runs; empty for nothing
 * @param samples how much of its readings the registry may be given; empty for nothing
 * @param glimpses how often the control plane may be shown a frame of each camera; empty for never, and without meaning for sensors
 */
public record StreamAssignment(
        StreamId stream,
        String topic,
        List<DeviceId> devices,
        ModelName model,
        Digest build,
        double shadowShare,
        Duration statsWindow,
        Optional<Neighbours> neighbours,
        Optional<Frames> frames,
        Optional<PayloadLayout> payload,
        Optional<Subscription> subscription,
        Optional<List<CameraSource>> sources,
        Optional<Windowing> windowing,
        Optional<Rehearsal> rehearsal,
        Optional<SampleGrant> samples,
        Optional<GlimpseGrant> glimpses) {

    /** With windows of the usual kind, no rehearsal, and nothing that is given away or shown. */
    public StreamAssignment(
            StreamId stream,
            String topic,
            List<DeviceId> devices,
            ModelName model,
            Digest build,
            double shadowShare,
            Duration statsWindow,
            Optional<Neighbours> neighbours,
            Optional<Frames> frames,
            Optional<PayloadLayout> payload,
            Optional<Subscription> subscription,
            Optional<List<CameraSource>> sources) {
        this(
                stream,
                topic,
                devices,
                model,
                build,
                shadowShare,
                statsWindow,
                neighbours,
                frames,
                payload,
                subscription,
                sources,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same stream with windows of this kind. */
    public StreamAssignment withWindowing(Windowing other) {
        return with(build, Optional.of(other), rehearsal, samples, glimpses);
    }

    /** The same stream with this rehearsal of new builds. */
    public StreamAssignment withRehearsal(Rehearsal other) {
        return with(build, windowing, Optional.of(other), samples, glimpses);
    }

    /** The same stream of which so much may be given to the registry. */
    public StreamAssignment withSamples(SampleGrant other) {
        return with(build, windowing, rehearsal, Optional.of(other), glimpses);
    }

    /** The same stream of which the control plane may be shown so much. */
    public StreamAssignment withGlimpses(GlimpseGrant other) {
        return with(build, windowing, rehearsal, samples, Optional.of(other));
    }

    /** The same stream with another build. */
    public StreamAssignment withBuild(Digest other) {
        return with(other, windowing, rehearsal, samples, glimpses);
    }

    private StreamAssignment with(
            Digest digest,
            Optional<Windowing> windows,
            Optional<Rehearsal> rehearsed,
            Optional<SampleGrant> given,
            Optional<GlimpseGrant> shown) {
        return new StreamAssignment(
                stream,
                topic,
                devices,
                model,
                digest,
                shadowShare,
                statsWindow,
                neighbours,
                frames,
                payload,
                subscription,
                sources,
                windows,
                rehearsed,
                given,
                shown);
    }

    public StreamAssignment {
        devices = List.copyOf(devices);
        sources = sources.map(List::copyOf);
        Require.notEmpty("topic", topic);
        Require.ratio("shadowShare", shadowShare);
        Require.that(statsWindow.toMillis() > 0, "statsWindow " + statsWindow + " must be positive");
        var cameras =
                sources.orElse(List.of()).stream().map(CameraSource::device).toList();
        Require.that(Set.copyOf(cameras).size() == cameras.size(), "sources of " + cameras + " must not repeat");
    }

    /** Whether the messages of one device may go to any of several gateways. */
    public boolean scattered() {
        return neighbours.isPresent()
                && subscription.flatMap(Subscription::share).isPresent();
    }
}
