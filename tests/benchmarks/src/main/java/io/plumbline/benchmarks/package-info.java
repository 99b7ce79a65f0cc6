/** Benchmarks: each runs with everything it needs and says what its figures mean. */
@NullMarked
package io.plumbline.benchmarks;

import org.jspecify.annotations.NullMarked;
