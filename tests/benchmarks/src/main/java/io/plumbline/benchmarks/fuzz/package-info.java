/** Payloads as broken devices, broken cables and hostile senders make them: each must be answered, and none may cost memory. */
@NullMarked
package io.plumbline.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
