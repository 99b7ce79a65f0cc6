package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.Frames;
import io.plumbline.contract.fleet.PayloadLayout;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.fleet.Subscription;
import io.plumbline.contract.fleet.Windowing;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.frame.FramesAhead;
import io.plumbline.gateway.core.inbox.Incoming;
import io.plumbline.gateway.core.reading.Decoded;
import io.plumbline.gateway.core.reading.ReadingDecoder;
import io.plumbline.gateway.core.reading.Source;
import io.plumbline.gateway.core.reading.TopicPattern;
import io.plumbline.gateway.core.stats.SilenceWatch;
import io.plumbline.gateway.core.stats.StatsSubject;
import io.plumbline.inference.card.ImageInput;
import io.plumbline.inference.card.ModelCard;
import io.plumbline.inference.card.SensorInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A stream that runs, with the build it runs.
 *
 * @param candidate the build that answers beside it
 */
record ActiveStream(
        StreamAssignment assignment,
        TopicPattern topics,
        Set<DeviceId> devices,
        Payloads payloads,
        Build build,
        Optional<Candidate> candidate) {

    ActiveStream {
        devices = Set.copyOf(devices);
    }

    /**
     * What payloads are: one of the two.
     *
     * @param readings of sensors
     * @param frames of cameras
     */
    record Payloads(Optional<ReadingDecoder> readings, Optional<FramesAhead> frames) {

        private static Payloads of(StreamAssignment assignment, ModelCard card, Optional<Executor> beside) {
            var layout = assignment.payload().orElse(PayloadLayout.JSON);
            return card.input() instanceof ImageInput image
                    ? new Payloads(Optional.empty(), Optional.of(new FramesAhead(image, beside)))
                    : new Payloads(
                            Optional.of(new ReadingDecoder(layout, card.sensor().features())), Optional.empty());
        }
    }

    StreamId name() {
        return assignment.stream();
    }

    Subscription subscription() {
        return assignment.subscription().orElse(Subscription.USUAL);
    }

    Windowing windowing() {
        return assignment.windowing().orElse(Windowing.USUAL);
    }

    /** The MQTT topic filters to subscribe to. */
    List<String> filters() {
        return topics.filters().stream().map(subscription()::filter).toList();
    }

    /** @param past what is known of the device */
    Decoded decode(Source source, Incoming message, Supplier<? extends ReadingDecoder.Past> past) {
        return payloads.readings.isPresent()
                ? payloads.readings.get().decode(source, message.payload(), message.stamp(), past)
                : frames().decode(source, message.payload(), message.stamp());
    }

    FramesAhead frames() {
        return payloads.frames.orElseThrow(() -> new IllegalStateException("frames of a sensor are a bug"));
    }

    /** This message is likely to be the next to decode. */
    void expect(Incoming next) {
        if (takesFrames()) {
            topics.device(next.topic())
                    .filter(devices::contains)
                    .ifPresent(device -> frames().expect(new Source(device, name()), next.payload(), next.stamp()));
        }
    }

    /** Whether its devices say at birth what they do not say again. */
    boolean hasBirths() {
        return assignment
                .payload()
                .filter(layout -> layout.codec() == PayloadLayout.Codec.SPARKPLUG)
                .isPresent();
    }

    boolean takesFrames() {
        return payloads.frames.isPresent();
    }

    /** Whether older frames that wait are passed over for the newest. */
    boolean dropsFrames() {
        return takesFrames()
                && assignment.frames().filter(Frames.LATEST::equals).isPresent();
    }

    /** Whether another gateway of the site answers this device, or sends it to the dead letters. */
    boolean leaves(Optional<DeviceId> device) {
        return assignment
                .neighbours()
                .filter(others -> device.filter(others.devices()::contains).isPresent()
                        || (others.strangers()
                                && device.filter(devices::contains).isEmpty()))
                .isPresent();
    }

    /** Whose statistics its readings are. */
    StatsSubject subject(Self self) {
        return new StatsSubject(
                self.gateway(),
                self.site(),
                assignment.stream(),
                assignment.model(),
                build.card().version(),
                build.manifest(),
                assignment.statsWindow());
    }

    /** Who should speak, and how often; nobody where the readings of a device go to any gateway. */
    SilenceWatch.Asked asked() {
        var interval = build.known().sensor().map(SensorInput::interval).orElse(Duration.ZERO);
        return new SilenceWatch.Asked(assignment.stream(), assignment.scattered() ? Set.of() : devices, interval);
    }

    /**
     * @param beside where frames are decoded ahead
     * @throws IllegalArgumentException if the stream's topic is not one, or its payload does not fit the build
     */
    static ActiveStream of(StreamAssignment assignment, SiteId site, Build build, Optional<Executor> beside) {
        return new ActiveStream(
                assignment,
                TopicPattern.of(assignment.topic(), site),
                Set.copyOf(assignment.devices()),
                Payloads.of(assignment, build.known().card(), beside),
                build,
                Optional.empty());
    }

    ActiveStream with(Optional<Candidate> beside) {
        return new ActiveStream(assignment, topics, devices, payloads, build, beside);
    }

    /** The candidate that is to see more inputs. */
    Optional<Candidate> listener() {
        return candidate.filter(Candidate::isListening);
    }

    /** Ends its builds. */
    void close() {
        build.model().close();
        candidate.ifPresent(one -> one.build().model().close());
    }
}
