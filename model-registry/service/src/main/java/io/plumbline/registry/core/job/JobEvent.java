package io.plumbline.registry.core.job;

import io.plumbline.contract.id.GatewayId;
import io.plumbline.contract.wire.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that moved a job.
 *
 * @param step where the job stood afterwards
 * @param what happened, in words for a person
 * @param gateway whose histograms or scores came
 */
public record JobEvent(Instant at, JobStep step, String what, Optional<GatewayId> gateway) {

    public JobEvent {
        Require.notEmpty("what", what);
    }
}
