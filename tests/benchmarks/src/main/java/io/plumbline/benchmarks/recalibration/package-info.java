/**
 * Recalibrations end to end, over the packaged services and real brokers: a room whose INT8 build went stale, a room whose model did,
 * and a camera that was calibrated in the dark. Everything that leaves a gateway is looked at: no reading and no image may be in it.
 */
@NullMarked
package io.plumbline.benchmarks.recalibration;

import org.jspecify.annotations.NullMarked;
