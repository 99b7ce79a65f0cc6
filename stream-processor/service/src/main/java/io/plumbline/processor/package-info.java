/**
 * The stream processor: statistics, results and labels in, health, verdicts and recalibration requests out. Start with
 * {@link io.plumbline.processor.topology.VerdictTopology}.
 */
@NullMarked
package io.plumbline.processor;

import org.jspecify.annotations.NullMarked;
