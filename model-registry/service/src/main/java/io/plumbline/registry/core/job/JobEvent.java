package io.plumbline.registry.core.job;

import io.plumbline.contract.wire.Require;
import java.time.Instant;

/**
 * Something that moved a job.
 *
 * @param step where the job stood afterwards
 * @param what happened, in words for a person
 */
public record JobEvent(Instant at, JobStep step, String what) {

    public JobEvent {
        Require.notEmpty("what", what);
    }
}
