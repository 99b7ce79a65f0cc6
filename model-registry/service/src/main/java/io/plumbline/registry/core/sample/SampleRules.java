package io.plumbline.registry.core.sample;

import io.plumbline.contract.wire.Require;
import java.time.Duration;

/**
 * How much is taken, and for how long.
 *
 * @param windows most of one gateway
 * @param bytes most of one gateway
 * @param jobWindows most of one recalibration
 * @param jobBytes most of one recalibration
 * @param age after which they are deleted
 */
public record SampleRules(int windows, long bytes, int jobWindows, long jobBytes, Duration age) {

    public SampleRules {
        Require.that(windows > 0, "windows " + windows + " must be positive");
        Require.that(bytes > 0, "bytes " + bytes + " must be positive");
        Require.that(jobWindows >= windows, "jobWindows " + jobWindows + " must be at least " + windows);
        Require.that(jobBytes >= bytes, "jobBytes " + jobBytes + " must be at least " + bytes);
        Require.that(age.toMillis() > 0, "age " + age + " must be longer than nothing");
    }
}
