package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.SiteId;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.reading.ReadingDecoder;
import io.plumbline.gateway.core.reading.TopicPattern;
import java.util.Optional;
import java.util.Set;

/** A stream that runs, with the build it runs. */
record ActiveStream(
        StreamAssignment assignment, TopicPattern topics, Set<DeviceId> devices, ReadingDecoder decoder, Build build) {

    ActiveStream {
        devices = Set.copyOf(devices);
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

    /** @throws IllegalArgumentException if the stream's topic is not one */
    static ActiveStream of(StreamAssignment assignment, SiteId site, Build build) {
        return new ActiveStream(
                assignment,
                TopicPattern.of(assignment.topic(), site),
                Set.copyOf(assignment.devices()),
                new ReadingDecoder(build.known().card().sensor().features()),
                build);
    }
}
