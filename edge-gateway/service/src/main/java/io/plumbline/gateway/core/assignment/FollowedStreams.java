package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.BuildStep;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.build.Build;
import io.plumbline.gateway.core.build.Candidate;
import io.plumbline.gateway.core.build.Streams;
import java.util.Map;

/** The streams, noting where the way of a build into them ends. As thread-safe as the streams. */
final class FollowedStreams implements Streams {

    private final Streams streams;
    private final Underway underway;

    FollowedStreams(Streams streams, Underway underway) {
        this.streams = streams;
        this.underway = underway;
    }

    @Override
    public Map<StreamId, StreamAssignment> running() {
        return streams.running();
    }

    @Override
    public void activate(StreamAssignment stream, Build build, GatewayEvent event) throws InterruptedException {
        streams.activate(stream, build, event);
        underway.end(build.manifest());
    }

    @Override
    public boolean rehearse(StreamId stream, Candidate candidate) throws InterruptedException {
        var begun = streams.rehearse(stream, candidate);
        if (begun) {
            underway.at(candidate.build().manifest(), BuildStep.SHADOW);
        }
        return begun;
    }

    @Override
    public void endRehearsal(StreamId stream) throws InterruptedException {
        streams.endRehearsal(stream);
    }

    @Override
    public void adjust(StreamAssignment stream) throws InterruptedException {
        streams.adjust(stream);
    }

    @Override
    public void remove(StreamId stream) throws InterruptedException {
        streams.remove(stream);
    }

    @Override
    public void report(GatewayEvent event) throws InterruptedException {
        streams.report(event);
        if (event instanceof GatewayEvent.BuildRefused refused) {
            underway.end(refused.build());
        }
    }
}
