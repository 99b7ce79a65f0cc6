package io.plumbline.contract.artifact;

import io.plumbline.contract.id.Digest;
import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.id.ModelName;
import io.plumbline.contract.id.SiteId;
import io.plumbline.contract.id.StreamId;
import java.time.Instant;

/**
 * A stretch of time in which a gateway said that a stream of it ran a build. Times are the registry's wall clock.
 *
 * @param from when the registry first heard it
 * @param until when it last heard it; of one that is current it may lag by a few minutes
 * @param current whether nothing else was heard of the stream since
 */
public record Sighting(
        GatewayId gateway,
        SiteId site,
        StreamId stream,
        ModelName model,
        Digest build,
        Instant from,
        Instant until,
        boolean current) {

    /** The same, heard again. */
    public Sighting again(Instant now) {
        return new Sighting(gateway, site, stream, model, build, from, now, current);
    }

    /** The same when something else was heard. */
    public Sighting over() {
        return new Sighting(gateway, site, stream, model, build, from, until, false);
    }
}
