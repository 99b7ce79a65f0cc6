/**
 * Real series through the project's own models, quantizer and inference, judged by the processor's desk: is the cause that is known of
 * each series the verdict. Counts of a window are made here as a gateway makes them, since nobody may know a service but itself.
 */
@NullMarked
package io.plumbline.benchmarks.real;

import org.jspecify.annotations.NullMarked;
