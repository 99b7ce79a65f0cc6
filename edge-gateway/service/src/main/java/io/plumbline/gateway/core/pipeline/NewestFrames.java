package io.plumbline.gateway.core.pipeline;

import io.plumbline.contract.id.StreamId;
import io.plumbline.gateway.core.inbox.Incoming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Frames of one batch by camera, where the newest is wanted. Not thread-safe. */
final class NewestFrames {

    private final Map<Camera, Waiting> waiting = new LinkedHashMap<>();

    private record Camera(StreamId stream, String topic) {}

    /**
     * Frames of one camera.
     *
     * @param frames in order of arrival, never empty
     */
    record Waiting(ActiveStream stream, List<Incoming> frames) {

        Incoming newest() {
            return frames.get(frames.size() - 1);
        }
    }

    void add(ActiveStream stream, Incoming message) {
        waiting.computeIfAbsent(
                        new Camera(stream.name(), message.topic()), camera -> new Waiting(stream, new ArrayList<>()))
                .frames
                .add(message);
    }

    List<Waiting> cameras() {
        return List.copyOf(waiting.values());
    }
}
