package io.plumbline.gateway.testing;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Streams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Streams that only remember what they were told. */
public final class RecordedStreams implements Streams {

    private final Map<StreamId, StreamAssignment> streams = new LinkedHashMap<>();
    private final Map<StreamId, Candidate> candidates = new HashMap<>();
    private final List<GatewayEvent> events = new ArrayList<>();
    private final Listener listener;

    /** Hears of everything in the moment it happens. */
    public interface Listener {

        default void activated(StreamAssignment stream, Build build) {}

        default void reported(GatewayEvent event) {}
    }

    public RecordedStreams() {
        this(new Listener() {});
    }

    public RecordedStreams(Listener listener) {
        this.listener = listener;
    }

    /** As a process that has just started. */
    public void clear() {
        streams.clear();
    }

    /** What a stream runs. */
    public Digest build(StreamId stream) {
        return streams.get(stream).build();
    }

    /** Why builds were refused, in order. */
    public List<String> refusals() {
        return events.stream()
                .filter(GatewayEvent.BuildRefused.class::isInstance)
                .map(event -> ((GatewayEvent.BuildRefused) event).because())
                .toList();
    }

    /** Of activations and reports, in order. */
    public List<GatewayEvent> events() {
        return events;
    }

    @Override
    public Map<StreamId, StreamAssignment> running() {
        return Map.copyOf(streams);
    }

    @Override
    public void activate(StreamAssignment stream, Build build, GatewayEvent event) {
        streams.put(stream.stream(), stream);
        candidates.remove(stream.stream());
        events.add(event);
        listener.activated(stream, build);
    }

    /** What answers beside the build that this stream runs. */
    public Optional<Candidate> candidate(StreamId stream) {
        return Optional.ofNullable(candidates.get(stream));
    }

    @Override
    public boolean rehearse(StreamId stream, Candidate candidate) {
        var runs = streams.containsKey(stream);
        if (runs) {
            candidates.put(stream, candidate);
        }
        return runs;
    }

    @Override
    public void endRehearsal(StreamId stream) {
        candidates.remove(stream);
    }

    @Override
    public void adjust(StreamAssignment stream) {
        streams.put(stream.stream(), stream);
    }

    @Override
    public void remove(StreamId stream) {
        streams.remove(stream);
    }

    @Override
    public void report(GatewayEvent event) {
        events.add(event);
        listener.reported(event);
    }
}
