/**
 * How much one stream processor carries: what a real gateway said is said again by thousands under names of their own, over a
 * real Kafka, and the time is taken until the packaged processor has counted all of it.
 */
@NullMarked
package io.plumbline.benchmarks.processor;

import org.jspecify.annotations.NullMarked;
