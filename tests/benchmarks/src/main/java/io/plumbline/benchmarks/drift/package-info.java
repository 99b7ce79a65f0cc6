/**
 * Simulated sites through the judging code of the processor, without Kafka: how often nothing is called something, how soon and
 * how surely a change is found beside what others use, and whether the cause that was put in is the verdict that comes out.
 */
@NullMarked
package io.plumbline.benchmarks.drift;

import org.jspecify.annotations.NullMarked;
