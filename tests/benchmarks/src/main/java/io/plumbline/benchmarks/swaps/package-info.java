/** A gateway that changes builds without end: what each swap costs, and whether any of it stays behind in memory. */
@NullMarked
package io.plumbline.benchmarks.swaps;

import org.jspecify.annotations.NullMarked;
