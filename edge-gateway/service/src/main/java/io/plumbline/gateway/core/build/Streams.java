package io.plumbline.gateway.core.build;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.StreamId;
import io.plumbline.contract.message.GatewayEvent;
import java.util.Map;

/** What runs: the pipeline, as those see it who change its streams. Thread-safe. */
public interface Streams {

    /** What every stream runs now. */
    Map<StreamId, StreamAssignment> running();

    /**
     * Puts a stream into force between two readings; the build it ran before is closed after that. Returns when it is done.
     *
     * @param build takes the place of the running one
     * @param event goes to the outbox with the change
     */
    void activate(StreamAssignment stream, Build build, GatewayEvent event) throws InterruptedException;

    /**
     * From now on this candidate is shown what the stream's build and FP32 answer, until it has seen enough, another build takes
     * over, or {@link #endRehearsal}.
     *
     * @return false if the stream does not run, or runs a build that takes other inputs
     */
    boolean rehearse(StreamId stream, Candidate candidate) throws InterruptedException;

    /** When this returns, the stream's candidate is shown nothing more; it may be closed. */
    void endRehearsal(StreamId stream) throws InterruptedException;

    /** Changes a stream without changing its build. Returns when it is done. */
    void adjust(StreamAssignment stream) throws InterruptedException;

    /** Ends a stream. Returns when it is done. */
    void remove(StreamId stream) throws InterruptedException;

    /** Sends an event through the outbox. Returns when it is durable. */
    void report(GatewayEvent event) throws InterruptedException;
}
