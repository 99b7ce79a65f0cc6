package io.plumbline.registry.core.build;

import io.plumbline.contract.wire.Require;
import java.time.Duration;

/**
 * What a model may take in a {@link Sandbox}.
 *
 * @param time wall clock, with the start of a JVM
 * @param megabytes resident memory of its process, of which half may be the JVM's heap
 */
public record SandboxLimits(Duration time, int megabytes) {

    /** Less holds no JVM. */
    public static final int LEAST_MB = 128;

    public SandboxLimits {
        Require.that(!time.isNegative() && !time.isZero(), "time " + time + " must be positive");
        Require.that(megabytes >= LEAST_MB, "megabytes " + megabytes + " must be at least " + LEAST_MB);
    }
}
