/**
 * From deltas and labels to verdicts and requests for recalibration: plain Java over ordered state. The processor runs it over
 * the state of Kafka Streams; replays run it over memory, and come to the same verdicts.
 */
@NullMarked
package io.plumbline.judging;

import org.jspecify.annotations.NullMarked;
