package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.StreamId;

/** A build that one stream tries: what becomes of it there says nothing of the same build on another stream. */
record Attempt(StreamId stream, Digest build) {

    static Attempt of(StreamAssignment wanted) {
        return new Attempt(wanted.stream(), wanted.build());
    }
}
