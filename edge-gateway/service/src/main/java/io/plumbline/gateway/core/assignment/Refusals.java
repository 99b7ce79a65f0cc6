package io.plumbline.gateway.core.assignment;

import io.plumbline.contract.fleet.StreamAssignment;
import io.plumbline.contract.message.GatewayEvent;
import io.plumbline.gateway.core.build.Self;
import io.plumbline.gateway.core.build.Streams;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Tells why builds are refused, each reason once for an assignment. Not thread-safe. */
final class Refusals {

    private final Self self;
    private final Streams streams;
    private final Set<GatewayEvent.BuildRefused> told = new HashSet<>();

    Refusals(Self self, Streams streams) {
        this.self = self;
        this.streams = streams;
    }

    void tell(StreamAssignment stream, long wanted, String because) throws InterruptedException {
        if (told.add(event(stream, wanted, because, Instant.EPOCH))) {
            streams.report(event(stream, wanted, because, self.clock().instant()));
        }
    }

    /** A newer assignment is told of anew. */
    void forget() {
        told.clear();
    }

    private GatewayEvent.BuildRefused event(StreamAssignment stream, long wanted, String because, Instant at) {
        return new GatewayEvent.BuildRefused(
                self.gateway(), self.site(), at, stream.stream(), stream.model(), stream.build(), wanted, because);
    }
}
