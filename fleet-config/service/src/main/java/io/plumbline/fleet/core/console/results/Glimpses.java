package io.plumbline.fleet.core.console.results;

import io.plumbline.contract.fleet.Glimpse;
import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.DeviceId;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.StreamId;
import io.plumbline.fleet.core.assignment.AssignmentBoard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The newest picture of each camera whose owner lets it be seen, in memory alone: of at most {@value #MOST_CAMERAS} cameras, and for ten minutes.
 * A picture is gone when the fleet file no longer allows it. Thread-safe.
 */
public final class Glimpses {

    static final int MOST_CAMERAS = 64;
    static final Duration LASTING = Duration.ofMinutes(10);

    private final AssignmentBoard assignments;
    private final Clock clock;

    /** Those that were shown longest ago first. */
    private final Map<Camera, Shown> newest = new LinkedHashMap<>();

    /** @param clock wall clock */
    public Glimpses(AssignmentBoard assignments, Clock clock) {
        this.assignments = assignments;
        this.clock = clock;
    }

    private record Camera(StreamId stream, DeviceId device) {}

    private record Shown(GatewayId gateway, Glimpse glimpse, Instant at) {}

    /** Shows it in place of the camera's last one. Returns false, and shows nothing, if the owner of the stream does not allow it to this gateway. */
    public synchronized boolean show(GatewayId gateway, Glimpse glimpse) {
        if (!isAllowed(gateway, glimpse)) {
            return false;
        }
        var camera = new Camera(glimpse.stream(), glimpse.device());
        newest.remove(camera);
        newest.put(camera, new Shown(gateway, glimpse, clock.instant()));
        if (newest.size() > MOST_CAMERAS) {
            newest.remove(newest.keySet().iterator().next());
        }
        return true;
    }

    /** The streams of which there is a camera that may be seen. */
    public synchronized Set<StreamId> streams() {
        forget();
        return newest.keySet().stream().map(Camera::stream).collect(Collectors.toSet());
    }

    /** The cameras of a stream that may be seen, by name. */
    public synchronized List<Glimpse> of(StreamId stream) {
        forget();
        return newest.values().stream()
                .map(Shown::glimpse)
                .filter(glimpse -> glimpse.stream().equals(stream))
                .sorted(Comparator.comparing(Glimpse::device))
                .toList();
    }

    /** The newest of one camera; empty if there is none that may be seen. */
    public synchronized Optional<Glimpse> of(StreamId stream, DeviceId device) {
        forget();
        return Optional.ofNullable(newest.get(new Camera(stream, device))).map(Shown::glimpse);
    }

    private void forget() {
        var oldest = clock.instant().minus(LASTING);
        newest.values().removeIf(shown -> shown.at.isBefore(oldest) || !isAllowed(shown.gateway, shown.glimpse));
    }

    private boolean isAllowed(GatewayId gateway, Glimpse glimpse) {
        return assignments
                .of(gateway)
                .filter(assignment -> assignment.streams().stream().anyMatch(stream -> shows(stream, glimpse)))
                .isPresent();
    }

    private static boolean shows(StreamAssignment stream, Glimpse glimpse) {
        return stream.stream().equals(glimpse.stream())
                && stream.glimpses().isPresent()
                && stream.devices().contains(glimpse.device());
    }
}
