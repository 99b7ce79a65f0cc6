package io.plumbline.gateway.adapter.camera;

import io.plumbline.contract.fleet.CameraSource;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.status.Reach;
import java.util.List;
import java.util.stream.Stream;

/**
 * A camera whose frames this gateway fetches.
 *
 * @param topic of its frames, with site and device filled in
 */
record Camera(StreamId stream, String topic, CameraSource source) {

    static Stream<Camera> of(StreamAssignment assignment, SiteId site) {
        return assignment.sources().orElse(List.of()).stream()
                .map(source -> new Camera(
                        assignment.stream(),
                        assignment
                                .topic()
                                .replace("{site}", site.value())
                                .replace("{device}", source.device().value()),
                        source));
    }

    /** Nothing is known of it yet. */
    Reach reach() {
        return new Reach("camera " + name());
    }

    /** Unlike that of any other camera of the gateway. */
    String name() {
        return stream + "@" + source.device();
    }
}
